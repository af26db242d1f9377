import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { HarkError } from '../../core/errors';
import { isUnknownReference, toHarkError } from './discord-error.mapper';

const NOW = new Date('2026-01-01T00:00:00Z');
const URL_WITH_TOKEN = 'https://discord.com/api/v10/webhooks/1/very-secret-token/messages/@original';

function api(code: number, status: number, message = 'message', errors?: object): DiscordAPIError {
  const body = { code, message, ...(errors && { errors }) };
  return new DiscordAPIError(body as never, code, status, 'POST', URL_WITH_TOKEN, {
    body: { content: 'what somebody said' },
    files: undefined,
  });
}

describe("Discord's errors", () => {
  it.each([
    [10_003, 404, 'channel_gone'],
    [10_004, 404, 'channel_gone'],
    [10_008, 404, 'message_gone'],
    [50_001, 403, 'permission_missing'],
    [50_013, 403, 'permission_missing'],
    [50_007, 403, 'permission_missing'],
    [50_278, 403, 'permission_missing'],
    [160_002, 400, 'permission_missing'],
    [160_005, 400, 'permission_missing'],
    [50_027, 401, 'interaction_expired'],
    [10_015, 404, 'interaction_expired'],
    [10_062, 404, 'interaction_expired'],
    [0, 401, 'platform_unavailable'],
    [0, 403, 'permission_missing'],
    [50_035, 400, 'internal'],
  ])('%d (%d) is %s, and no other attempt would help', (code, status, expected) => {
    const error = api(code, status);
    const mapped = toHarkError(error, NOW);
    expect(mapped).toMatchObject({ code: expected, retryable: false });
    expect(mapped.cause).toBe(error);
  });

  it('a reply to a message that is gone is recognised', () => {
    const errors = {
      message_reference: {
        _errors: [{ code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', message: 'Unknown message' }],
      },
    };
    const error = api(50_035, 400, 'Invalid Form Body', errors);
    expect(isUnknownReference(error)).toBe(true);
    expect(toHarkError(error, NOW)).toMatchObject({ code: 'message_gone', retryable: false });
  });

  it('a rate limit says when to come back', () => {
    const limited = new RateLimitError({
      global: false,
      hash: 'hash',
      limit: 5,
      majorParameter: '1',
      method: 'POST',
      retryAfter: 60_000,
      route: '/channels/:id/messages',
      scope: 'user',
      sublimitTimeout: 0,
      timeToReset: 0,
      url: URL_WITH_TOKEN,
    });
    const retryAt = new Date(NOW.getTime() + 60_000);
    expect(toHarkError(limited, NOW)).toMatchObject({
      code: 'platform_unavailable',
      retryable: true,
      retryAt,
    });
  });

  it.each([
    new HTTPError(503, 'Service Unavailable', 'POST', URL_WITH_TOKEN, { body: undefined, files: undefined }),
    new TypeError('fetch failed'),
    new DOMException('This operation was aborted', 'AbortError'),
  ])('%s is worth another attempt', (error) => {
    expect(toHarkError(error, NOW)).toMatchObject({ code: 'platform_unavailable', retryable: true });
  });

  it('without a token there is none', () => {
    const error = new Error('Expected token to be set for this request, but none was present');
    expect(toHarkError(error, NOW)).toMatchObject({ code: 'platform_unavailable', retryable: false });
  });

  it('errors of hark stay what they are; no sentence tells secrets', () => {
    const own = new HarkError('media_gone', 'Gone.');
    expect(toHarkError(own, NOW)).toBe(own);
    const mapped = toHarkError(api(50_013, 403), NOW);
    expect(`${mapped.message} ${mapped.userMessage}`).not.toMatch(/secret|somebody/);
  });
});
