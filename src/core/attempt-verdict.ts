import { ErrorCode, HarkError } from './errors';
import { TranscriptionJob } from './job';
import { Policy } from './policy';
import { retryDelayMs } from './retry-delay';

/** What becomes of a job after an attempt that failed: it fails for good, or is tried again in a while. */
export type Verdict = 'failed' | { delayMs: number; uncounted?: boolean; crashed?: boolean };

/** The engine died or hung over this very recording. */
const CRASHES: readonly ErrorCode[] = ['engine_crashed', 'engine_timeout'];
/** While something is away, attempts follow each other about so often: as with the fifth of a row of failures. */
const AWAY = 5;

/**
 * Outages are nobody's fault: the job waits, however long. A recording that brings the engine down again and again must
 * end, and sooner than one that fails in some other way.
 *
 * @param away the error tells of an outage
 */
export function verdictOn(job: TranscriptionJob, error: HarkError, away: boolean, policy: Policy): Verdict {
  const { attempts, crashes, losses } = job;
  if (away) return { delayMs: retryDelayMs(AWAY), uncounted: true };
  if (!error.retryable) return 'failed';
  const delayMs = retryDelayMs(attempts);
  if (CRASHES.includes(error.code)) {
    return crashes + 1 >= policy.maxCrashes ? 'failed' : { delayMs, crashed: true };
  }
  return attempts - crashes - losses >= policy.maxAttempts ? 'failed' : { delayMs };
}
