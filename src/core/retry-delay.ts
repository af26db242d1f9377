/**
 * Nothing is put off for longer, in milliseconds. What waits for a later time was put off before the clock was set
 * back, and waits no more.
 */
export const LONGEST_WAIT_MS = 30 * 60_000;

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * Milliseconds to wait before the next attempt: doubling from one second to a minute, of which a random half is taken
 * off, so that what failed together does not come back together.
 *
 * @param attempts attempts made so far, from 1
 * @param random 0 to 1
 */
export function retryDelayMs(attempts: number, random: number = Math.random()): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempts - 1));
  return Math.round(full / 2 + (full / 2) * random);
}
