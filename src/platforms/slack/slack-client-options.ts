import { webApi } from '@slack/bolt';
import { slackLogger } from './slack.logger';

const TIMEOUT_MS = 15_000;

/**
 * How hark calls the Web API: never again by itself, because a call whose answer was lost may have been heard, and
 * never waiting for a rate limit, because whoever calls decides what becomes of it.
 */
export function clientOptions(slackApiUrl: string): webApi.WebClientOptions {
  return {
    slackApiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MS,
    allowAbsoluteUrls: false,
    logger: slackLogger('SlackWebApi'),
  };
}
