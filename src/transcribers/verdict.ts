import { HarkError } from '../core/errors';
import { blameOf } from './blame';

/** Why a back end did not hear a piece. */
export interface Failure {
  error: HarkError;
  /** Undefined when it was not asked, for its circuit was open: when it is tested next. */
  nextTest?: Date;
}

/**
 * What it means that no back end heard a piece: an error that may be the recording's fault if there is one, else an
 * outage that is to be waited out (`engine_unavailable`, retryable), else what an admin must mend first.
 *
 * @param failures in order of preference
 * @param soonest when the first of the back ends is tested
 */
export function verdictOf(failures: readonly Failure[], soonest: Date): HarkError {
  const asked = failures.filter(({ nextTest }) => nextTest === undefined);
  const doubtful = asked.find(({ error }) => blameOf(error) !== 'certain');
  if (doubtful) return doubtful.error;
  const [first, ...others] = failures.map(({ error }) => error);
  if (first && ![first, ...others].some(({ retryable }) => retryable)) return first;
  const sentence =
    first && others.length === 0 ? first.userMessage : 'No speech engine can be reached at the moment.';
  return new HarkError('engine_unavailable', sentence, {
    retryable: true,
    retryAt: soonest,
    cause: new AggregateError(failures.map(({ error }) => error)),
  });
}
