import { setTimeout as pause } from 'node:timers/promises';
import { HarkError } from '../core/errors';
import { retryDelayMs } from '../core/retry-delay';

/** Where hark's own work is kept is away, or full: it comes back, however long that takes. */
const AWAY: readonly string[] = ['service_unavailable', 'storage_full'];
/** For everything else that may pass: about half a minute in all. */
const MOST_RETRIES = 6;
const LONGEST_MS = 10_000;
/** What waits is held in memory. */
const MOST_WAITING = 5_000;

/** Whether hark could not take something in, and will be able to without anybody changing what was asked. */
export function isOutage(error: unknown): boolean {
  return error instanceof HarkError && error.retryable && AWAY.includes(error.code);
}

/** Does work again for as long as an outage takes, for nobody asks a second time. */
export class Patience {
  private waiting = 0;

  constructor(private readonly mostWaiting = MOST_WAITING) {}

  /**
   * @param signal ends the trying at once; what failed last is thrown then, and what is no outage after half a minute
   */
  async execute<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let failures = 1; ; failures++) {
      try {
        return await work();
      } catch (error) {
        if (!HarkError.from(error).retryable || !(isOutage(error) || failures <= MOST_RETRIES)) throw error;
        if (!(await this.wait(failures, signal))) throw error;
      }
    }
  }

  /** False when it is not to be tried again. */
  private async wait(failures: number, signal: AbortSignal): Promise<boolean> {
    if (this.waiting >= this.mostWaiting) return false;
    this.waiting += 1;
    try {
      await pause(Math.min(LONGEST_MS, retryDelayMs(failures)), undefined, { signal });
      return true;
    } catch {
      return false;
    } finally {
      this.waiting -= 1;
    }
  }
}

/** One for all, so that all that waits together is bounded. */
export const patience = new Patience();
