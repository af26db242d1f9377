import { Transcript } from './transcript';

/** A stretch of what was said, and whether it is one of the words that were looked for. */
export interface PassagePiece {
  text: string;
  found: boolean;
}

/** Where in a transcript the words stand. */
export interface FoundPassage {
  pieces: PassagePiece[];
  /** Seconds from the start of the audio, where they are known. */
  at?: number;
}

/** Characters that are shown before the first word. */
const BEFORE = 40;
/** Words within so many characters stand together. */
const AROUND = 110;
const WORD = /[\p{L}\p{N}\p{Co}][\p{L}\p{M}\p{N}\p{Co}]*/gu;

interface Hit {
  word: string;
  from: number;
  to: number;
}

/** Words as the search index compares them: in lower case, without marks. */
export function wordsIn(text: string): string[] {
  return hitsIn(text).map(({ word }) => word);
}

/**
 * The stretch of a transcript that has the most of the words, with what stands around it. Words are compared as the
 * search index does.
 */
export function foundPassage(
  { text, segments }: Pick<Transcript, 'text' | 'segments'>,
  searched: string,
): FoundPassage {
  const wanted = new Set(wordsIn(searched));
  const hits = hitsIn(text).filter(({ word }) => wanted.has(word));
  const first = best(hits);
  const [from, to] = around(text, first?.from ?? 0);
  const at = first && secondsOf(first.word, hits.slice(0, hits.indexOf(first)), segments);
  return { pieces: cut(text, from, to, hits), ...(at !== undefined && { at }) };
}

function hitsIn(text: string): Hit[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    word: folded(word),
    from: index,
    to: index + word.length,
  }));
}

function folded(word: string): string {
  return word
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .toLowerCase();
}

/** The one after which the most different words stand close by. */
function best(hits: readonly Hit[]): Hit | undefined {
  let [found, most]: [Hit | undefined, number] = [undefined, 0];
  for (const [index, hit] of hits.entries()) {
    const near = new Set<string>();
    for (let next = index; (hits[next]?.from ?? Infinity) < hit.from + AROUND; next++) {
      near.add(hits[next]?.word ?? '');
    }
    if (near.size > most) [found, most] = [hit, near.size];
  }
  return found;
}

/** From a little before a place to well behind it; between words, where there are any. */
function around(text: string, place: number): [from: number, to: number] {
  const earliest = Math.max(0, place - BEFORE);
  const gap = text.indexOf(' ', earliest);
  const from = earliest === 0 ? 0 : gap >= 0 && gap < place ? gap + 1 : place;
  const latest = place + AROUND + BEFORE;
  if (latest >= text.length) return [from, text.length];
  const last = text.lastIndexOf(' ', latest);
  if (last > place + AROUND / 2) return [from, last];
  // Not within a character of two units.
  return [from, /[\uDC00-\uDFFF]/.test(text.charAt(latest)) ? latest - 1 : latest];
}

function cut(text: string, from: number, to: number, hits: readonly Hit[]): PassagePiece[] {
  const pieces: PassagePiece[] = [];
  const add = (part: string, found: boolean): void => {
    if (part !== '') pieces.push({ text: part, found });
  };
  add(from > 0 ? '… ' : '', false);
  let at = from;
  for (const hit of hits.filter((one) => one.from >= from && one.from < to)) {
    add(text.slice(at, hit.from), false);
    at = Math.min(hit.to, to);
    add(text.slice(hit.from, at), true);
  }
  add(text.slice(at, to), false);
  add(to < text.length ? ' …' : '', false);
  return pieces;
}

/**
 * When the word is said that stands behind so many others that were found. Undefined where text and times no longer
 * fit together, because somebody has corrected the text.
 */
function secondsOf(
  word: string,
  before: readonly Hit[],
  segments: Transcript['segments'],
): number | undefined {
  let left = before.filter((hit) => hit.word === word).length;
  for (const { text, start, words = [] } of segments) {
    const times = wordsIn(text).filter((one) => one === word).length;
    if (times <= left) {
      left -= times;
      continue;
    }
    const spoken = words.filter((one) => wordsIn(one.text).includes(word))[left];
    return spoken?.start ?? start;
  }
  return undefined;
}
