import { randomUUID } from 'node:crypto';
import { Lane } from '../core/job-queue';
import { LANES_PREFIX } from './redis-address';
import { RedisConnections } from './redis-connections';

/** Returns how many have come or gone: this one (new, or forgotten by a Redis that lost its data) and silent ones. */
const BEAT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local gone = redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. now)
return gone + redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])`;

/** The live workers of a lane and their slots, in Redis. */
export class WorkerRoster {
  private readonly key: string;
  private readonly self = randomUUID();
  private member?: string;
  private timer?: NodeJS.Timeout;

  /** @param onChange called when a worker has come, gone or been forgotten, as far as this one notices */
  constructor(
    private readonly redis: RedisConnections,
    lane: Lane,
    private readonly heartbeatMs: number,
    private readonly onChange: () => void,
  ) {
    this.key = `${LANES_PREFIX}:${lane}:workers`;
  }

  /** Signs this process on. While Redis is away, it is made good by a later beat. */
  async join(slots: number): Promise<void> {
    this.member = `${this.self}:${slots}`;
    this.timer = setInterval(() => void this.beat(), this.heartbeatMs);
    await this.beat();
  }

  /** Signs on again if this process has joined. */
  async beat(): Promise<void> {
    const { member } = this;
    if (member === undefined) return;
    try {
      const life = this.heartbeatMs * 3;
      const changes = await this.redis.ask(() => this.redis.commands.eval(BEAT, 1, this.key, member, life));
      if (changes !== 0) this.onChange();
    } catch {
      // The next beat tells; that Redis is away is reported elsewhere.
    }
  }

  /** Signs this process off, so that others do not hand out for its slots. False when Redis does not answer. */
  async leave(): Promise<boolean> {
    const { member } = this;
    clearInterval(this.timer);
    this.member = undefined;
    try {
      await this.redis.ask(() => this.redis.commands.zrem(this.key, member ?? ''));
      return true;
    } catch {
      return false;
    }
  }
}
