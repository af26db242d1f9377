import { HarkError } from '../../core/errors';
import { tooLong } from '../decoder/media-claims';
import { refusedLink } from '../links/link-errors';
import { NOT_LIVE } from './yt-dlp.arguments';

/** What yt-dlp says of a link that it does not bring, by the words that have stood for years. */
const SENTENCES: readonly (readonly [RegExp, (host: string) => HarkError])[] = [
  [
    /Unsupported URL|No video could be found|no video in this|Requested format is not available|No media found/i,
    nothing,
  ],
  [/private|log ?in|sign in|members.only|cookies|age.restricted|confirm your age|password/i, closed],
  [/HTTP Error 40[13]/i, closed],
  [/HTTP Error (404|410)|unavailable|removed|does not exist|no longer available|deleted/i, gone],
];
const PASSED_OVER = /does not pass filter \(([^)]*)\), skipping/;

/**
 * Why there is no recording.
 *
 * @param words all that yt-dlp said on stderr
 * @param refusal what the proxy did not let through
 */
export function siteError(
  words: string,
  host: string,
  maxSeconds: number,
  refusal: HarkError | undefined,
): HarkError {
  const passedOver = PASSED_OVER.exec(words)?.[1];
  if (passedOver !== undefined) return passedOver === NOT_LIVE ? live(host) : tooLong(maxSeconds);
  if (refusal?.code === 'link_refused') return refusedLink(refusal.userMessage);
  const error = errorLines(words);
  const known = SENTENCES.find(([pattern]) => pattern.test(error))?.[1](host);
  return known ?? brokeOff(host, error);
}

/** Worth another attempt: the site or the way to it is in trouble. */
export function brokeOff(host: string, cause: string): HarkError {
  return new HarkError('link_failed', `The recording cannot be fetched from ${host} at the moment.`, {
    retryable: true,
    params: { host },
    cause: new Error(`yt-dlp: ${cause || 'ended without a word'}`),
  });
}

/** Its errors, without the titles and addresses that it names on the way. */
export function errorLines(words: string): string {
  const lines = words.split('\n').filter((line) => line.startsWith('ERROR:'));
  return lines.join('\n').slice(0, 2_000);
}

function nothing(host: string): HarkError {
  return failed(host, `There is no recording at that link to ${host} that hark can fetch.`);
}

function closed(host: string): HarkError {
  return failed(host, `${host} wants a login for that link.`);
}

function live(host: string): HarkError {
  return failed(host, `That is still being broadcast on ${host}. Ask again when it is over.`);
}

function failed(host: string, message: string): HarkError {
  return new HarkError('link_failed', message, { params: { host } });
}

function gone(host: string): HarkError {
  return new HarkError('link_not_found', `There is nothing at that link any more: ${host} says so.`, {
    params: { host },
  });
}
