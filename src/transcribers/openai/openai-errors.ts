import { ErrorCode, HarkError } from '../../core/errors';
import { Refusal } from '../../remote/refusal';
import { retryTime } from '../../remote/retry-time';

/** The service was at work when its connection broke: it may have died of what it was asked. */
const BROKE_OFF = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']);
const TOO_LATE = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const NO_CREDIT = /insufficient_quota|billing|exceeded your current quota/i;

/**
 * What went wrong, by whose fault. `engine_unavailable` is the service's, `engine_timeout` and an `engine_failed` that
 * may be tried again are perhaps its fault, and any other `engine_failed` comes of what was asked.
 *
 * @param shown the cause for the log, without secrets
 */
export function serviceError(refusal: Refusal, translating: boolean, shown: Error, now: Date): HarkError {
  const { status } = refusal;
  if (status === undefined) return unanswered(refusal, shown);
  const retryAt = retryTime(refusal.headers, now);
  const unavailable = (sentence: string): HarkError =>
    new HarkError('engine_unavailable', sentence, { retryable: true, retryAt, cause: shown });
  const said = `${refusal.code ?? ''} ${refusal.type ?? ''} ${refusal.message}`;

  if (status === 401 || status === 403) return unavailable('The speech service does not accept hark’s key.');
  if (status === 402 || (status === 429 && NO_CREDIT.test(said))) {
    return unavailable('The account with the speech service has no credit left.');
  }
  if (status === 429) return unavailable('The speech service has too much to do at the moment.');
  if (status === 408) return doubtful('engine_timeout', 'The speech service took too long.', shown);
  if (refusal.param === 'model' || /model_not_found/.test(said)) {
    return unavailable('The speech service does not know the model that the settings name.');
  }
  if (status < 400 || status === 404 || status === 405) {
    if (translating) return refused('The speech service cannot translate.', shown);
    return unavailable('The speech service is not where the settings say.');
  }
  if (status === 500) return doubtful('engine_failed', 'The speech service failed at this recording.', shown);
  if (status > 500) return unavailable('The speech service does not work at the moment.');
  return refused('The speech service does not take this recording.', shown);
}

function unanswered(refusal: Refusal, shown: Error): HarkError {
  const codes = codesOf(refusal);
  if (codes.some((code) => TOO_LATE.has(code))) {
    return doubtful('engine_timeout', 'The speech service took too long.', shown);
  }
  if (codes.some((code) => BROKE_OFF.has(code))) {
    return doubtful('engine_failed', 'The speech service broke off in the middle of its work.', shown);
  }
  return new HarkError('engine_unavailable', 'The speech service does not answer at the moment.', {
    retryable: true,
    cause: shown,
  });
}

export function doubtful(code: ErrorCode, sentence: string, cause: Error): HarkError {
  return new HarkError(code, sentence, { retryable: true, cause });
}

function refused(sentence: string, cause: Error): HarkError {
  return new HarkError('engine_failed', sentence, { cause });
}

/** The system's codes, which stand several causes deep. */
export function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let at = error; typeof at === 'object' && at !== null; at = (at as Error).cause) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string') codes.push(code);
  }
  return codes;
}
