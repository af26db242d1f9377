import { webApi } from '@slack/bolt';
import { ErrorCode, HarkError } from '../../core/errors';

const SENTENCES = {
  channel_gone: 'The channel is gone.',
  message_gone: 'The message is gone.',
  media_gone: 'The recording is no longer there.',
  permission_missing: 'hark may not write here.',
} as const satisfies Partial<Record<ErrorCode, string>>;

/** Slack's error codes by what they mean to hark. */
const MEANINGS: Readonly<Record<keyof typeof SENTENCES, readonly string[]>> = {
  channel_gone: ['channel_not_found', 'is_archived', 'channel_is_archived', 'channel_deleted'],
  // A message that can no longer be changed is as good as gone: another one takes its place.
  message_gone: [
    'message_not_found',
    'thread_not_found',
    'cannot_reply_to_message',
    'cant_update_message',
    'edit_window_closed',
    // hark sees a file by the message that shares it.
    'file_not_found',
  ],
  media_gone: ['file_deleted'],
  permission_missing: [
    'not_in_channel',
    'user_not_in_channel',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'restricted_action_thread_locked',
    'cannot_dm_bot',
    'user_disabled',
    'user_not_found',
    'user_not_visible',
    'messages_tab_disabled',
    'access_denied',
    'no_permission',
    'ekm_access_denied',
  ],
};
/** Slack's own trouble, which passes. */
const PASSING = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'accesslimited',
]);
const TOKEN = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_expired',
  'token_revoked',
  'not_allowed_token_type',
  'org_login_required',
]);

/** What an error of the Web API's client means to hark. */
export function toHarkError(error: unknown, now: Date): HarkError {
  if (error instanceof HarkError) return error;
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return unavailable(error, {
      retryable: true,
      retryAt: new Date(now.getTime() + error.retryAfter * 1_000),
    });
  }
  if (error instanceof webApi.WebAPIPlatformError) return refused(error);
  // A 5xx, a time-out, a connection that was lost.
  return unavailable(error, { retryable: true });
}

/** The scope that Slack missed in the call; undefined for every other error. */
export function missingScope(error: unknown): string | undefined {
  if (!(error instanceof webApi.WebAPIPlatformError) || error.data.error !== 'missing_scope')
    return undefined;
  const { needed } = error.data as { needed?: unknown };
  return typeof needed === 'string' ? needed : 'unknown';
}

export function scopeMissing(scope: string, cause?: unknown): HarkError {
  return new HarkError('scope_missing', 'hark lacks a permission in this workspace; an admin can grant it.', {
    params: { scope },
    cause,
  });
}

function refused(error: webApi.WebAPIPlatformError): HarkError {
  const code = error.data.error;
  const scope = missingScope(error);
  if (scope !== undefined) return scopeMissing(scope, error);
  for (const [meaning, sentence] of Object.entries(SENTENCES) as [keyof typeof SENTENCES, string][]) {
    if (MEANINGS[meaning].includes(code)) return new HarkError(meaning, sentence, { cause: error });
  }
  if (PASSING.has(code)) return unavailable(error, { retryable: true });
  if (TOKEN.has(code)) return unavailable(error, { retryable: false });
  // Slack finds fault with the request itself, and would again.
  return new HarkError('internal', 'Slack did not accept what hark sent.', { cause: error });
}

function unavailable(cause: unknown, options: { retryable: boolean; retryAt?: Date }): HarkError {
  const sentence = options.retryable
    ? 'Slack cannot be reached at present.'
    : "Slack does not accept hark's token.";
  return new HarkError('platform_unavailable', sentence, { ...options, cause });
}
