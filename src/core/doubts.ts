import { DOUBTFUL, Transcript } from './transcript';

/** Words between these were hard to hear. Nothing that was said can contain them. */
export const [DOUBT_BEGIN, DOUBT_END] = ['\uE010', '\uE011'];

/** A text of which more than this share is doubtful is so as a whole. */
const MOST_DOUBTFUL = 0.4;
/** How far from where it is expected a word of the engine's may stand in the text. */
const REACH = 100;

export interface Doubts {
  /** The text, with the words in doubt between marks; without them where all of it is in doubt. */
  marked: string;
  /** `some` words, or the `whole`. */
  extent: 'none' | 'some' | 'whole';
}

/** Which words of a transcript may be wrong. What somebody has corrected is not doubted any more. */
export function doubtsOf({
  text,
  segments,
  corrected,
}: Pick<Transcript, 'text' | 'segments' | 'corrected'>): Doubts {
  const said = text.replaceAll(DOUBT_BEGIN, '').replaceAll(DOUBT_END, '');
  if (corrected) return { marked: said, extent: 'none' };
  const [doubtful, all] = shareOf(segments);
  if (all > 0 && doubtful / all > MOST_DOUBTFUL) return { marked: said, extent: 'whole' };
  const marked = mark(said, segments);
  return { marked, extent: marked === said ? 'none' : 'some' };
}

/** Letters in doubt, and all letters. Segments without words are doubted as a whole; 0 says that nobody knows. */
function shareOf(segments: Transcript['segments']): [doubtful: number, all: number] {
  let [doubtful, all] = [0, 0];
  for (const segment of segments) {
    for (const { text, confidence } of segment.words?.length ? segment.words : [segment]) {
      if (confidence === 0) continue;
      all += text.length;
      if (confidence < DOUBTFUL) doubtful += text.length;
    }
  }
  return [doubtful, all];
}

function mark(text: string, segments: Transcript['segments']): string {
  let marked = '';
  let at = 0;
  for (const { text: word, confidence } of segments.flatMap(({ words = [] }) => words)) {
    const spelt = word.trim();
    const found = spelt === '' ? -1 : text.slice(at, at + REACH + spelt.length).indexOf(spelt);
    if (found < 0) continue;
    const end = at + found + spelt.length;
    marked += text.slice(at, at + found);
    marked += confidence > 0 && confidence < DOUBTFUL ? `${DOUBT_BEGIN}${spelt}${DOUBT_END}` : spelt;
    at = end;
  }
  return marked + text.slice(at);
}

const MARKED = new RegExp(`${DOUBT_BEGIN}([^${DOUBT_END}]*)${DOUBT_END}?|${DOUBT_END}`);

/**
 * Writes a marked text, or a part of it.
 *
 * @param plain how words are written
 * @param doubtful how they are that may be wrong
 */
export function writeMarked(
  marked: string,
  plain: (text: string) => string,
  doubtful: (text: string) => string,
): string {
  // With one group, every other part is what stood between marks.
  return marked
    .split(MARKED)
    .map((part = '', index) => (part === '' ? '' : index % 2 === 1 ? doubtful(plain(part)) : plain(part)))
    .join('');
}
