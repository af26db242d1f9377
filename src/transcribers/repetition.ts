import { deflateSync } from 'node:zlib';

/** Whisper's own threshold: what compresses better than this says the same again and again. */
const MOST_COMPRESSION = 2.4;
const LONGEST_PHRASE = 8;
const MOST_REPEATS = 3;

/** Whether the text repeats itself as an engine's does that has lost its way. */
export function repeatsItself(text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const bytes = Buffer.from(text);
  if (bytes.length > 60 && bytes.length / deflateSync(bytes).length > MOST_COMPRESSION) return true;
  for (let length = 1; length <= LONGEST_PHRASE; length++) {
    if (longestRun(words, length) > MOST_REPEATS) return true;
  }
  return false;
}

/** How often in a row a phrase of so many words stands at most. */
function longestRun(words: readonly string[], length: number): number {
  let longest = 1;
  let same = 0;
  for (let at = length; at < words.length; at++) {
    same = words[at] === words[at - length] ? same + 1 : 0;
    longest = Math.max(longest, 1 + Math.floor(same / length));
  }
  return longest;
}
