import { SeededRandom } from '../../test/support/seeded-random';
import { unchanged } from './word-diff';

const words = (text: string): string[] => text.split(' ').filter(Boolean);
const kept = (before: string, after: string): string =>
  unchanged(words(before), words(after))
    .map((match) => words(before)[match.before])
    .join(' ');

/** The length of the longest common subsequence, the slow and plain way. */
function longest(before: readonly string[], after: readonly string[]): number {
  let row = new Array<number>(after.length + 1).fill(0);
  for (const word of before) {
    const next = [0];
    after.forEach((other, index) => {
      next.push(word === other ? (row[index] ?? 0) + 1 : Math.max(next[index] ?? 0, row[index + 1] ?? 0));
    });
    row = next;
  }
  return row[after.length] ?? 0;
}

describe('words that stayed', () => {
  it('are all but the changed ones', () => {
    expect(kept('we meet ann at ten', 'we meet Anneliese at ten')).toBe('we meet at ten');
    expect(kept('a b c', 'a c')).toBe('a c');
    expect(kept('a c', 'x a b c y')).toBe('a c');
    expect([kept('', 'a'), kept('a', ''), kept('a b', 'c d'), kept('a a a', 'a a')]).toEqual([
      '',
      '',
      '',
      'a a',
    ]);
  });

  it('are as many as there can be, in order, whatever the texts', () => {
    const random = new SeededRandom(7);
    const text = (): string[] =>
      Array.from({ length: random.between(0, 25) }, () => 'abcde'.charAt(random.between(0, 4)));
    for (let round = 0; round < 400; round++) {
      const [before, after] = [text(), text()];
      const matches = unchanged(before, after);
      expect(matches).toHaveLength(longest(before, after));
      matches.forEach((match, index) => {
        expect(before[match.before]).toBe(after[match.after]);
        const last = matches[index - 1] ?? { before: -1, after: -1 };
        expect(match.before > last.before && match.after > last.after).toBe(true);
      });
    }
  });

  it('are found soon in texts of many hours, and are only the ends of texts that have nothing in common', () => {
    const long = Array.from({ length: 40_000 }, (_, index) => `w${index % 997}`);
    const changed = long.map((word, index) => (index % 400 === 7 ? 'other' : word));
    expect(unchanged(long, changed)).toHaveLength(long.length - 100);
    const other = long.map((word) => `${word}!`);
    expect(unchanged(['same', ...long], ['same', ...other])).toEqual([{ before: 0, after: 0 }]);
  });
});
