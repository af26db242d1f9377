import { createHash } from 'node:crypto';
import { AdjustableClock } from '../state/clock';
import { Route } from './rest-call';

/** How often a route may be called for one major parameter (channel, guild, webhook). */
export interface RateRule {
  method: string;
  /** The route's pattern, as in the route tables. */
  pattern: string;
  limit: number;
  windowMs: number;
}

/** Limits as bots' authors report them. Discord documents none of these: a client must go by the headers. */
export const DISCORD_RATES: RateRule[] = [
  { method: 'POST', pattern: '/channels/:channel/messages', limit: 5, windowMs: 5_000 },
  { method: 'PATCH', pattern: '/channels/:channel/messages/:message', limit: 5, windowMs: 5_000 },
  { method: 'DELETE', pattern: '/channels/:channel/messages/:message', limit: 5, windowMs: 1_000 },
  { method: 'POST', pattern: '/channels/:channel/typing', limit: 5, windowMs: 5_000 },
  {
    method: 'PUT',
    pattern: '/channels/:channel/messages/:message/reactions/:emoji/@me',
    limit: 1,
    windowMs: 250,
  },
  { method: 'POST', pattern: '/webhooks/:application/:token', limit: 5, windowMs: 2_000 },
  { method: 'PATCH', pattern: '/webhooks/:application/:token/messages/:message', limit: 5, windowMs: 2_000 },
];

/** Where no rule is: headers as Discord's, never used up. */
const UNLIMITED = { limit: 50, windowMs: 1_000 };

export interface Admission {
  headers: Record<string, string>;
  /** Set when the request is refused: how long to wait, in seconds. */
  retryAfter?: number;
  global: boolean;
}

/** Keeps the buckets. Without rules it only sends the headers. */
export class RateLimiter {
  rules: RateRule[] = [];
  /** Requests a second over everything but interactions; Discord's is 50. 0: no limit. */
  globalPerSecond = 0;
  readonly #buckets = new Map<string, { used: number; resetAt: number }>();

  constructor(private readonly clock: AdjustableClock) {}

  admit(route: Route, params: Map<string, string>): Admission {
    if (!route.open && this.globalPerSecond > 0) {
      const all = this.#use('global', this.globalPerSecond, 1_000);
      if (all.over) return { headers: {}, retryAfter: all.resetAfter, global: true };
    }
    const rule = this.rules.find((one) => one.method === route.method && one.pattern === route.pattern);
    const { limit, windowMs } = rule ?? UNLIMITED;
    // Webhooks are counted by their token, everything else by its first placeholder.
    const major = params.get('token') ?? [...params.values()][0] ?? '';
    const name = `${route.method} ${route.pattern}`;
    const { used, over, resetAfter } = rule
      ? this.#use(`${name} ${major}`, limit, windowMs)
      : { used: 1, over: false, resetAfter: windowMs / 1000 };
    const headers = {
      'x-ratelimit-bucket': createHash('sha1').update(name).digest('hex').slice(0, 32),
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - used)),
      'x-ratelimit-reset-after': resetAfter.toFixed(3),
      'x-ratelimit-reset': ((this.clock.now() + resetAfter * 1000) / 1000).toFixed(3),
    };
    return { headers, global: false, ...(over ? { retryAfter: resetAfter } : {}) };
  }

  #use(key: string, limit: number, windowMs: number): { used: number; over: boolean; resetAfter: number } {
    const now = this.clock.now();
    let bucket = this.#buckets.get(key);
    if (!bucket || bucket.resetAt <= now) {
      bucket = { used: 0, resetAt: now + windowMs };
      this.#buckets.set(key, bucket);
    }
    const over = bucket.used >= limit;
    if (!over) bucket.used += 1;
    return { used: bucket.used, over, resetAfter: (bucket.resetAt - now) / 1000 };
  }
}
