const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Where a text may be cut, best first: between paragraphs, sentences, words. */
const CUTS = [/\n{2,}/g, /\n|(?<=[.!?…。！？])\s+/g, /\s+/g];

/**
 * Cuts a text into chunks that fit: between paragraphs where that leaves no chunk less than half full, else between
 * sentences, else between words, and within a word only where the word alone is too long; never within a character
 * as people see it. Nothing but white space at the cuts is lost.
 *
 * @param limit of `size`, for each chunk
 * @param size how long a chunk is where it is going to be posted; it must grow with the text
 */
export function splitText(
  text: string,
  limit: number,
  size: (text: string) => number = (chunk) => chunk.length,
): string[] {
  const chunks: string[] = [];
  let rest = text.trim();
  while (size(rest) > limit) {
    const fitting = longestFitting(rest, limit, size);
    const cut = bestCut(rest, fitting);
    chunks.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  if (rest !== '') chunks.push(rest);
  return chunks;
}

/** The number of UTF-16 units, whole characters only, that fit. At least one character, so that cutting ends. */
function longestFitting(text: string, limit: number, size: (text: string) => number): number {
  let low = 0;
  let high = Math.min(text.length, limit);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (size(text.slice(0, middle)) <= limit) low = middle;
    else high = middle - 1;
  }
  return wholeCharacters(text, low);
}

function wholeCharacters(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const under = graphemes.segment(text).containing(end);
  const whole = under?.index ?? end;
  return whole > 0 ? whole : (under?.segment.length ?? 1);
}

function bestCut(text: string, fitting: number): number {
  // One more, so that a chunk which ends exactly before a space is seen as whole.
  const head = text.slice(0, fitting + 1);
  for (const [rank, cuts] of CUTS.entries()) {
    const last = [...head.matchAll(cuts)]
      .map((match) => match.index)
      .filter((index) => index > 0 && index <= fitting)
      .at(-1);
    const least = rank === CUTS.length - 1 ? 1 : fitting / 2;
    if (last !== undefined && last >= least) return last;
  }
  return fitting;
}
