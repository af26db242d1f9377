import { errors } from 'undici';
import { HarkError } from '../../core/errors';

/** What undici throws over a reply that is not as HTTP wants it. */
const NOT_HTTP = [
  errors.HTTPParserError,
  errors.HeadersOverflowError,
  errors.ResponseContentLengthMismatchError,
];

export function invalidLink(message: string): HarkError {
  return new HarkError('link_invalid', message);
}

export function refusedLink(message: string): HarkError {
  return new HarkError('link_refused', message);
}

export function unreachableLink(host: string, cause?: unknown): HarkError {
  return new HarkError('link_unreachable', `${host} cannot be reached.`, {
    retryable: true,
    params: { host },
    cause,
  });
}

/** A download has had all the time that one may have. It would take as long again. */
export function tookTooLong(host: string, cause?: unknown): HarkError {
  return new HarkError('link_failed', `The download from ${host} takes too long.`, {
    params: { host },
    cause,
  });
}

/** Why there is no reply. A server that does not speak HTTP will not learn it by being asked again. */
export function noReply(host: string, cause: unknown): HarkError {
  if (!NOT_HTTP.some((kind) => cause instanceof kind)) return unreachableLink(host, cause);
  return new HarkError('link_failed', `${host} does not answer as a web server does.`, {
    params: { host },
    cause,
  });
}

/** What a refusal by the other side means. `retryAfter`: its `Retry-After` header. */
export function statusError(
  status: number,
  host: string,
  retryAfter: string | undefined,
  now: Date,
): HarkError {
  if (status === 404 || status === 410) {
    return new HarkError('link_not_found', `There is no file at that link any more: ${host} says so.`, {
      params: { host },
    });
  }
  const retryable = status === 408 || status === 429 || status >= 500;
  const why = status === 401 || status === 403 ? 'wants a login for' : `answered ${status} for`;
  return new HarkError('link_failed', `${host} ${why} that link.`, {
    retryable,
    retryAt: retryable ? retryTime(retryAfter, now) : undefined,
    params: { host, status },
  });
}

/** RFC 9110, 10.2.3: seconds or a date. No more than an hour is believed. */
export function retryTime(retryAfter: string | undefined, now: Date): Date | undefined {
  if (retryAfter === undefined) return undefined;
  const time = /^\d+$/.test(retryAfter) ? now.getTime() + Number(retryAfter) * 1_000 : Date.parse(retryAfter);
  if (Number.isNaN(time)) return undefined;
  return new Date(Math.min(time, now.getTime() + 3_600_000));
}
