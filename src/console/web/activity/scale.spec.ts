import { topOf } from './scale';

describe('the end of an axis', () => {
  it.each([
    [0, 1],
    [Number.NaN, 1],
    [0.03, 0.05],
    [1, 1],
    [3, 5],
    [17, 20],
    [51, 100],
    [100, 100],
  ])('for %d is %d', (largest, top) => expect(topOf(largest)).toBeCloseTo(top, 9));
});
