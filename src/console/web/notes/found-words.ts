export interface Piece {
  text: string;
  found: boolean;
}

/** How much is shown before the first word that was found. */
const BEFORE = 40;

/** A text cut where the words that were searched for begin and end. */
export function pieces(text: string, words: string): Piece[] {
  const wanted = words.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (wanted.length === 0) return [{ text, found: false }];
  // Longer ones first: `flowers` must not be marked as `flower` and a rest.
  const each = wanted.sort((a, b) => b.length - a.length).join('|');
  const found = new RegExp(`(?<![\\p{L}\\p{N}])(?:${each})(?![\\p{L}\\p{N}])`, 'giu');
  const first = text.search(found);
  const from = first > BEFORE ? text.indexOf(' ', first - BEFORE) + 1 : 0;
  const all: Piece[] = [];
  let at = from;
  for (const match of text.matchAll(found)) {
    if (match.index > at) all.push({ text: text.slice(at, match.index), found: false });
    all.push({ text: match[0], found: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) all.push({ text: text.slice(at), found: false });
  const start = all[0];
  if (from > 0 && start) all[0] = { ...start, text: `… ${start.text}` };
  return all;
}
