import type { Segment, Word } from '../api/types';

/** Heard with less certainty than this, a word is marked. */
export const DOUBT = 0.5;

/** A piece of a segment's text: a word with its times, or what stands between words. */
export interface TextPiece {
  text: string;
  word?: Word;
}

/** A segment's text as it is, cut at its words: how words are joined is a matter of the language. */
export function textPieces({ text, words = [] }: Segment): TextPiece[] {
  const shown = text.trim();
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const word of words) {
    const wanted = word.text.trim();
    const found = wanted === '' ? -1 : shown.indexOf(wanted, at);
    if (found < 0) continue;
    if (found > at) pieces.push({ text: shown.slice(at, found) });
    pieces.push({ text: wanted, word });
    at = found + wanted.length;
  }
  if (at < shown.length) pieces.push({ text: shown.slice(at) });
  return pieces;
}

/** As `GET /jobs/:id/transcript?format=json` has it: the words of all segments in one row. */
export interface TranscriptFile {
  segments: Omit<Segment, 'words'>[];
  words?: { word: string; start: number; end: number; confidence: number }[];
}

/** Every word goes to the segment in which it is spoken. */
export function segmentsOf({ segments, words = [] }: TranscriptFile): Segment[] {
  let at = 0;
  return segments.map((segment, index) => {
    const next = segments[index + 1];
    const own: Word[] = [];
    for (let word = words[at]; word && (!next || middle(word) < next.start); word = words[++at])
      own.push({ ...word, text: word.word });
    return { ...segment, words: own };
  });
}

function middle({ start, end }: { start: number; end: number }): number {
  return (start + end) / 2;
}
