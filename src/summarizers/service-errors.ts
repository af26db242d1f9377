import { ErrorCode, HarkError } from '../core/errors';
import { Refusal } from '../remote/refusal';
import { retryTime } from '../remote/retry-time';

const NO_CREDIT = /insufficient_quota|billing|spend_limit|credit balance|exceeded your current quota/i;

/**
 * What went wrong. Retryable is what may go well when it is asked again a little later; `summarizer_unavailable` without
 * that needs an admin.
 *
 * @param shown the cause for the log, without secrets
 */
export function serviceError(refusal: Refusal, shown: Error, now: Date): HarkError {
  const { status } = refusal;
  const said = `${refusal.code ?? refusal.errorCode ?? ''} ${refusal.type ?? ''} ${refusal.message}`;
  if (status === undefined) {
    // Some say so in the middle of their answer.
    if (/overloaded/.test(said)) return busy(shown);
    return failure('summarizer_failed', 'The summary service does not answer at the moment.', shown);
  }
  if (status === 401 || status === 403)
    return unavailable('The summary service does not accept hark’s key.', shown);
  if (status === 402 || (status === 429 && NO_CREDIT.test(said)))
    return unavailable('The account with the summary service has no credit left.', shown);
  if (status === 429 || status === 529) return busy(shown, retryTime(refusal.headers, now));
  if (status === 408) return tooSlow(shown);
  if (status === 404 || status === 405 || /model_not_found/.test(said))
    return unavailable('The summary service or its model is not where the settings say.', shown);
  if (status >= 500) return failure('summarizer_failed', 'The summary service failed.', shown);
  return new HarkError('summarizer_failed', 'The summary service does not take this transcript.', {
    cause: shown,
  });
}

export function tooSlow(cause: Error): HarkError {
  return failure('summarizer_timeout', 'The summary service took too long.', cause);
}

/** The model will not. */
export function declined(why: string): HarkError {
  return new HarkError('summary_refused', 'The model declined to sum this up.', { cause: new Error(why) });
}

export function senseless(cause: Error): HarkError {
  return failure('summarizer_failed', 'The summary service gave an answer that makes no sense.', cause);
}

function failure(code: ErrorCode, sentence: string, cause: Error): HarkError {
  return new HarkError(code, sentence, { retryable: true, cause });
}

function busy(cause: Error, retryAt?: Date): HarkError {
  const sentence = 'The summary service has too much to do at the moment.';
  const when = retryAt && { retryAt, params: { retryAt: retryAt.toISOString() } };
  return new HarkError('summarizer_busy', sentence, { retryable: true, ...when, cause });
}

function unavailable(sentence: string, cause: Error): HarkError {
  return new HarkError('summarizer_unavailable', sentence, { cause });
}
