import { HarkError } from './errors';
import { ClaimedDelivery } from './webhook';
import { verdictOn } from './webhook-verdict';

const NOW = new Date('2026-01-10T12:00:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const delivery = (more: Partial<ClaimedDelivery> = {}): ClaimedDelivery => ({
  id: 'd',
  webhookId: 'w',
  event: 'done',
  happenedAt: NOW,
  state: 'waiting',
  attempts: 1,
  ...more,
});
const away = new HarkError('link_unreachable', 'example.org cannot be reached.', { retryable: true });

describe('what follows from an attempt', () => {
  it.each([200, 201, 204, 299])('%i is a success', (status) => {
    expect(verdictOn(delivery(), { status }, NOW)).toEqual({ state: 'delivered', status });
  });

  it.each([199, 301, 307, 400, 401, 404, 429, 500, 503])('%i is tried again', (status) => {
    expect(verdictOn(delivery(), { status }, NOW)).toMatchObject({ state: 'waiting', status });
  });

  it('waits longer and longer, for more than three days, and then gives up', () => {
    const waits: number[] = [];
    for (let attempts = 1; ; attempts++) {
      const verdict = verdictOn(delivery({ attempts }), away, NOW, 0);
      if (verdict.state !== 'waiting') {
        expect(verdict).toEqual({ state: 'failed', problem: 'example.org cannot be reached.' });
        break;
      }
      waits.push(verdict.nextAt.getTime() - NOW.getTime());
    }
    expect(waits.slice(0, 3)).toEqual([5_000, 30_000, 120_000]);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(3 * DAY_MS);
  });

  it('spreads what failed together, and waits as long as the server says', () => {
    const nextOf = (reply: Parameters<typeof verdictOn>[1], random: number) => {
      const verdict = verdictOn(delivery(), reply, NOW, random);
      return verdict.state === 'waiting' ? verdict.nextAt.getTime() - NOW.getTime() : undefined;
    };
    expect([nextOf(away, 0), nextOf(away, 1)]).toEqual([5_000, 5_500]);
    expect(nextOf({ status: 503, retryAt: new Date(NOW.getTime() + HOUR_MS) }, 0)).toBe(HOUR_MS);
    expect(nextOf({ status: 503, retryAt: new Date(NOW.getTime() + 1) }, 0)).toBe(5_000);
  });

  it('switches a webhook off that is gone, or that nothing has reached for three days', () => {
    expect(verdictOn(delivery(), { status: 410 }, NOW)).toMatchObject({
      state: 'failed',
      disable: expect.stringContaining('nobody wants'),
    });
    const since = (days: number) => delivery({ failingSince: new Date(NOW.getTime() - days * DAY_MS) });
    expect(verdictOn(since(2.9), away, NOW)).toMatchObject({ state: 'waiting' });
    expect(verdictOn(since(3), away, NOW)).toMatchObject({
      state: 'failed',
      disable: expect.stringMatching(/three days.*cannot be reached/),
    });
    expect(verdictOn(since(30), { status: 200 }, NOW)).toEqual({ state: 'delivered', status: 200 });
  });

  it('tries a test message once, and switches nothing off for it', () => {
    const ping = delivery({ event: 'ping', failingSince: new Date(0) });
    expect(verdictOn(ping, { status: 410 }, NOW)).toEqual({
      state: 'failed',
      status: 410,
      problem: 'The server answered 410.',
    });
    expect(verdictOn(ping, { status: 302 }, NOW)).toMatchObject({
      problem: expect.stringContaining('redirects are not followed'),
    });
  });
});
