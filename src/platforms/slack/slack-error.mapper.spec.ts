import { webApi } from '@slack/bolt';
import { missingScope, toHarkError } from './slack-error.mapper';

const NOW = new Date(1_700_000_000_000);
const refused = (error: string, more: object = {}): Error =>
  new webApi.WebAPIPlatformError({ ok: false, error, response_metadata: {}, ...more });

it.each([
  ['channel_not_found', 'channel_gone', false],
  ['is_archived', 'channel_gone', false],
  ['message_not_found', 'message_gone', false],
  ['edit_window_closed', 'message_gone', false],
  ['file_deleted', 'media_gone', false],
  ['not_in_channel', 'permission_missing', false],
  ['restricted_action', 'permission_missing', false],
  ['ratelimited', 'platform_unavailable', true],
  ['internal_error', 'platform_unavailable', true],
  ['token_revoked', 'platform_unavailable', false],
  ['invalid_blocks', 'internal', false],
])('%s is %s', (error, code, retryable) => {
  expect(toHarkError(refused(error), NOW)).toMatchObject({ name: 'HarkError', code, retryable });
});

it('knows the missing scope', () => {
  const error = refused('missing_scope', { needed: 'chat:write', provided: 'commands' });
  expect(missingScope(error)).toBe('chat:write');
  expect(toHarkError(error, NOW)).toMatchObject({ code: 'scope_missing', params: { scope: 'chat:write' } });
  expect(missingScope(refused('not_in_channel'))).toBeUndefined();
});

it('comes back when Slack says', () => {
  const error = toHarkError(new webApi.WebAPIRateLimitedError(30), NOW);
  expect(error).toMatchObject({ retryable: true, retryAt: new Date(NOW.getTime() + 30_000) });
});

it('comes back after a lost connection and after an error of the server', () => {
  for (const error of [
    new webApi.WebAPIRequestError(new Error('socket hang up')),
    new webApi.WebAPIHTTPError(503, 'Service Unavailable', {}),
    new Error('Retry header did not contain a valid timeout'),
  ])
    expect(toHarkError(error, NOW)).toMatchObject({
      code: 'platform_unavailable',
      retryable: true,
      cause: error,
    });
});
