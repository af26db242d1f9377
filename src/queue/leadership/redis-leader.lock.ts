import { Injectable } from '@nestjs/common';
import { Policy } from '../../core/policy';
import { isGone } from '../../core/process-mark';
import { QueueTimings } from '../queue-timings';
import { LEADER_PREFIX } from '../redis-address';
import { RedisConnections } from '../redis-connections';
import { LeaderLock } from './leader-lock';

/**
 * Returns whoever has it; or the number of the new term, and the connections of whoever led before. ARGV[4] has it, but
 * is gone for certain.
 */
const ACQUIRE = `
if redis.call('GET', KEYS[1]) == ARGV[4] then redis.call('DEL', KEYS[1]) end
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return redis.call('GET', KEYS[1]) end
local number = redis.call('INCR', KEYS[2])
local least = tonumber(ARGV[3])
if number < least then
  number = least
  redis.call('SET', KEYS[2], number)
end
local before = redis.call('GET', KEYS[3]) or ''
redis.call('SET', KEYS[3], ARGV[5])
return { number, before }`;

/** A lock that lapsed, or that a Redis without its data has forgotten, is good again if nobody has led since. */
const RENEW = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
if not holder and tonumber(redis.call('GET', KEYS[2]) or 0) > tonumber(ARGV[3]) then return 0 end
redis.call('SET', KEYS[2], ARGV[3])
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;

const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/** A key that ends by itself unless it is renewed, and a counter beside it. */
@Injectable()
export class RedisLeaderLock extends LeaderLock {
  readonly exclusive = true;
  private readonly keys = ['lock', 'term', 'connections'].map((name) => `${LEADER_PREFIX}:${name}`);

  constructor(
    private readonly redis: RedisConnections,
    private readonly policy: Policy,
    private readonly timings: QueueTimings,
  ) {
    super();
  }

  async acquire(least: number): Promise<number | undefined> {
    const holder = await this.tryFor(least);
    if (typeof holder === 'number') return holder;
    // A process of this machine that was killed need not be waited for.
    const seized = isGone(holder) ? await this.tryFor(least, holder) : undefined;
    return typeof seized === 'number' ? seized : undefined;
  }

  async renew(number: number): Promise<boolean> {
    return (await this.run(RENEW, number)) === 1;
  }

  async release(): Promise<void> {
    await this.run(RELEASE);
  }

  async isHeld(): Promise<boolean> {
    return (await this.redis.ask(() => this.redis.commands.exists(this.keys[0] ?? ''))) > 0;
  }

  /** The number of the new term, or whoever has the lock. */
  private async tryFor(least: number, gone = ''): Promise<number | string> {
    const got = (await this.run(ACQUIRE, least, gone, this.redis.name)) as string | [number, string];
    if (typeof got === 'string') return got;
    const [number, before] = got;
    if (before !== '' && before !== this.redis.name) await this.redis.cutOff(before).catch(() => undefined);
    return number;
  }

  private run(script: string, ...more: (string | number)[]): Promise<unknown> {
    const args = [...this.keys, this.policy.processId, this.timings.leaderLifeMs, ...more];
    return this.redis.ask(() => this.redis.commands.eval(script, this.keys.length, ...args));
  }
}
