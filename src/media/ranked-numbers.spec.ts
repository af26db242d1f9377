import { RankedNumbers } from './ranked-numbers';

/** The same, done anew each time. */
function sorted(numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => a - b);
}

describe('Ranked numbers', () => {
  it('are in order, whatever comes and goes', () => {
    const ranked = new RankedNumbers();
    const there: number[] = [];
    // every number comes several times, in no order
    for (let i = 0; i < 3_000; i++) {
      const value = ((i * 7_919) % 631) - 300;
      ranked.add(value);
      there.push(value);
      if (i % 3 === 2) ranked.remove(there.splice((i * 31) % there.length, 1)[0]!);
      if (i % 97 === 0) {
        for (const share of [0, 0.01, 0.5, 0.95]) {
          expect(ranked.at(share)).toBe(sorted(there)[Math.floor(there.length * share)]);
        }
      }
    }
    expect(there.length).toBe(2_000);
  });

  it('have room for what is without measure', () => {
    const ranked = new RankedNumbers();
    for (const value of [3, Infinity, -75, -Infinity]) ranked.add(value);
    expect([0, 0.25, 0.5, 0.75].map((share) => ranked.at(share))).toEqual([-Infinity, -75, 3, Infinity]);
  });

  it('let go of nothing that they do not have', () => {
    const ranked = new RankedNumbers();
    expect(ranked.at(0.5)).toBeUndefined();
    ranked.add(1);
    ranked.remove(2);
    ranked.remove(0);
    expect(ranked.at(0)).toBe(1);
    ranked.remove(1);
    expect(ranked.at(0)).toBeUndefined();
  });
});
