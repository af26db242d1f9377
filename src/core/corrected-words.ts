import { TextPart, TimedToken, partsOf, tokensOf } from './timed-text';
import { Segment } from './transcript';
import { unchanged } from './word-diff';

/** A word as it was heard, and in which segment. */
export interface HeardWord extends TimedToken {
  segment: number;
}

/** A word of the corrected text. */
export interface WrittenWord extends TextPart {
  start: number;
  end: number;
  segment: number;
  /** The same word was heard; at most its case and its punctuation differ. */
  heard?: HeardWord;
}

/** What was written in the place of what was heard; either may be nothing. */
export interface Change {
  heard: HeardWord[];
  written: TextPart[];
  /** Place of the first written word among all. */
  at: number;
}

/** A corrected text beside what was heard. */
export interface Comparison {
  words: { part: TextPart; heard?: HeardWord }[];
  changes: Change[];
}

/** @param segments with text, all of them */
export function heardWords(segments: readonly Segment[]): HeardWord[] {
  let segment = -1;
  return tokensOf(segments).map((token) => {
    if (token.opens) segment++;
    return { ...token, segment };
  });
}

export function compare(heard: readonly HeardWord[], text: string, language?: string): Comparison {
  const parts = partsOf(text, language);
  const matches = unchanged(
    heard.map((word) => folded(word.text)),
    parts.map((part) => folded(part.text)),
  );
  const words: Comparison['words'] = parts.map((part) => ({ part }));
  const changes: Change[] = [];
  let [before, after] = [0, 0];
  for (const match of [...matches, { before: heard.length, after: parts.length }]) {
    if (match.before > before || match.after > after)
      changes.push({
        heard: heard.slice(before, match.before),
        written: parts.slice(after, match.after),
        at: after,
      });
    const word = words[match.after];
    if (word) word.heard = heard[match.before];
    [before, after] = [match.before + 1, match.after + 1];
  }
  return { words, changes };
}

/** Case and punctuation change no word. */
function folded(text: string): string {
  const letters = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
  return letters === '' ? text : letters;
}

/**
 * Every written word with its times and its segment. A word that was heard keeps its own; what was written instead of
 * others shares their time, by letters; what was added shares the pause, if there is any, with nothing else.
 */
export function placed(heard: readonly HeardWord[], { words, changes }: Comparison): WrittenWord[] {
  const all: WrittenWord[] = words.map(({ part, heard: same }) => ({
    ...part,
    start: same?.start ?? 0,
    end: same?.end ?? 0,
    segment: same?.segment ?? 0,
    ...(same && { heard: same }),
  }));
  for (const change of changes) {
    const room = roomOf(change, heard, all);
    const sizes = change.written.map(({ text }) => text.length);
    const whole = sizes.reduce((sum, size) => sum + size, 0);
    let passed = 0;
    change.written.forEach((part, index) => {
      const at = (letters: number): number =>
        room.start + (letters / Math.max(1, whole)) * (room.end - room.start);
      const size = sizes[index] ?? 0;
      const place = { start: at(passed), end: at(passed + size) };
      // Of as many words as there were each one takes the place of one.
      const same = change.written.length === change.heard.length ? change.heard[index] : undefined;
      const segment = same?.segment ?? segmentAt((place.start + place.end) / 2, change.heard) ?? room.segment;
      all[change.at + index] = { ...part, ...place, ...(same && timesOf(same)), segment };
      passed += size;
    });
  }
  return all;
}

function timesOf({ start, end }: HeardWord): { start: number; end: number } {
  return { start, end };
}

function segmentAt(seconds: number, heard: readonly HeardWord[]): number | undefined {
  return (heard.find((word) => seconds <= word.end) ?? heard.at(-1))?.segment;
}

function roomOf(
  { heard: instead, written, at }: Change,
  heard: readonly HeardWord[],
  all: readonly WrittenWord[],
): { start: number; end: number; segment: number } {
  const [first, last] = [instead[0], instead.at(-1)];
  if (first && last) return { start: first.start, end: last.end, segment: first.segment };
  const before = all[at - 1]?.heard;
  const after = all[at + written.length]?.heard ?? (before ? undefined : heard[0]);
  const start = before?.end ?? after?.start ?? 0;
  const together = before === undefined || before.segment === after?.segment;
  const end = together ? Math.max(start, after?.start ?? start) : start;
  return { start, end, segment: before?.segment ?? after?.segment ?? 0 };
}
