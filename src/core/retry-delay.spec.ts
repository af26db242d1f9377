import { retryDelayMs } from './retry-delay';

describe('retryDelayMs', () => {
  it('doubles from one attempt to the next', () => {
    expect([1, 2, 3, 4].map((attempts) => retryDelayMs(attempts, 1))).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  it('never exceeds a minute, however many attempts there were', () => {
    expect(retryDelayMs(7, 1)).toBe(60_000);
    expect(retryDelayMs(5_000, 1)).toBe(60_000);
  });

  it('takes off a random part, at most half', () => {
    expect(retryDelayMs(3, 0)).toBe(2_000);
    expect(retryDelayMs(3, 0.5)).toBe(3_000);
    const delays = Array.from({ length: 200 }, () => retryDelayMs(3));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(2_000);
    expect(Math.max(...delays)).toBeLessThanOrEqual(4_000);
    expect(new Set(delays).size).toBeGreaterThan(20);
  });

  it('takes an attempt that was not counted for a first one', () => {
    expect(retryDelayMs(0, 1)).toBe(1_000);
  });
});
