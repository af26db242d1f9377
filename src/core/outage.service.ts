import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ErrorCode, HarkError } from './errors';
import { Policy } from './policy';
import { retryDelayMs } from './retry-delay';

/** A part of hark itself, or the chat platform, is away. */
const AWAY: readonly ErrorCode[] = [
  'service_unavailable',
  'storage_full',
  'engine_unavailable',
  'model_download_failed',
  'platform_unavailable',
];
const LONGEST_MS = 10_000;

/** Whether something is away that comes back by itself: work waits for it, and nobody's note fails because of it. */
@Injectable()
export class OutageService {
  constructor(private readonly policy: Policy) {}

  /** False where somebody waits for the result, and would rather hear what is wrong. */
  is(error: unknown): error is HarkError {
    const away = error instanceof HarkError && error.retryable && AWAY.includes(error.code);
    return away && this.policy.outlastsOutages;
  }

  /**
   * Does `work`, as often as an outage makes necessary.
   *
   * @param signal ends the trying; what failed last is thrown then
   */
  async outlast<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let failures = 1; ; failures++) {
      try {
        return await work();
      } catch (error) {
        if (signal.aborted || !this.is(error)) throw error;
        const ms = Math.min(LONGEST_MS, retryDelayMs(failures));
        await pause(ms, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
