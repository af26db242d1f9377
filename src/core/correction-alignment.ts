import { WrittenWord, compare, heardWords, placed } from './corrected-words';
import { onOneLine } from './timed-text';
import { Segment, Word, mainLanguage } from './transcript';

/** Somebody has written it: there is no doubt. */
const WRITTEN = 1;

/**
 * Segments with a corrected text. Times stay with the words that were heard; what is new takes the time of what it
 * replaces. Segments in which nothing changed stay as they are, those of which nothing is left go.
 */
export function correctedSegments(segments: readonly Segment[], typed: string): Segment[] {
  const spoken = segments.filter(({ text }) => onOneLine(text) !== '');
  const text = onOneLine(typed);
  const heard = heardWords(spoken);
  const words = placed(heard, compare(heard, text, mainLanguage(spoken)));
  return spoken.flatMap((segment, index) => {
    const own = words.filter((word) => word.segment === index);
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return [];
    const said = text.slice(first.offset, last.offset + last.text.length);
    return said === onOneLine(segment.text) ? [segment] : [rewritten(segment, said, own)];
  });
}

function rewritten(segment: Segment, text: string, own: readonly WrittenWord[]): Segment {
  const words = own.map((word) => wordOf(word, segment));
  const sum = words.reduce((total, { confidence }) => total + confidence, 0);
  return {
    ...segment,
    text,
    confidence: sum / words.length,
    ...(segment.words && { words }),
  };
}

function wordOf({ text, start, end, heard }: WrittenWord, segment: Segment): Word {
  if (!heard) return { text, start, end, confidence: WRITTEN };
  const middle = (heard.start + heard.end) / 2;
  const same = segment.words?.find((word) => word.start <= middle && middle <= word.end);
  return { text, start, end, confidence: same?.confidence ?? segment.confidence };
}
