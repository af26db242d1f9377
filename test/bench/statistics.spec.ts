import { figuresOf, medianOf, rangeText } from './statistics';

describe('figures', () => {
  it('are the middle and both ends, in whatever order it was measured', () => {
    expect(figuresOf([30, 10, 20])).toEqual({ median: 20, least: 10, most: 30, count: 3 });
  });

  it('of an even number have the mean of both in the middle', () => expect(medianOf([4, 1, 2, 10])).toBe(3));

  it('say what 95 of 100 stay below, where there are enough', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(figuresOf(hundred, 1)).toMatchObject({ median: 50.5, p95: 95 });
    expect(figuresOf(hundred.slice(0, 19))).not.toHaveProperty('p95');
  });

  it('are rounded only at the end', () => {
    expect(figuresOf([0.104, 0.107], 2)).toMatchObject({ median: 0.11, least: 0.1, most: 0.11 });
  });

  it('of nothing are no numbers', () => expect(figuresOf([]).median).toBeNaN());

  it('are written with their range', () => {
    expect(rangeText(figuresOf([1.25, 1.5, 2], 2), ' s')).toBe('1.5 s (1.25–2)');
  });
});
