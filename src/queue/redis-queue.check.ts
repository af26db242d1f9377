import { Injectable, Logger } from '@nestjs/common';
import { HealthCheck, HealthReport } from '../core/health-check';
import { HealthRegistry } from '../core/health.registry';
import { RedisConnections } from './redis-connections';

/** Whether Redis answers, and is set up so that it does not drop what hark keeps in it. */
@Injectable()
export class RedisQueueCheck extends HealthCheck {
  readonly name = 'queue';
  private readonly logger = new Logger('Redis');

  constructor(
    private readonly redis: RedisConnections,
    registry: HealthRegistry,
  ) {
    super();
    registry.add(this);
    redis.whenReady(() => void this.warn());
  }

  async check(): Promise<HealthReport[]> {
    const { address } = this.redis;
    try {
      const asked = performance.now();
      // Of `INFO` and not of `CONFIG GET`, which hosted servers refuse.
      const info = await this.redis.ask(() => this.redis.commands.info());
      const ms = Math.max(1, Math.round(performance.now() - asked));
      const detail = `Bull on Redis ${field(info, 'redis_version')} at ${address} answers in ${ms} ms`;
      const policy = field(info, 'maxmemory_policy');
      if (policy === 'noeviction') return [{ name: this.name, state: 'ok', detail: `${detail}.` }];
      return [
        {
          name: this.name,
          state: 'warning',
          detail: `${detail}, but drops data when its memory is full (maxmemory-policy ${policy}).`,
          remedy: 'Set "maxmemory-policy noeviction" in redis.conf.',
        },
      ];
    } catch {
      return [
        {
          name: this.name,
          state: 'broken',
          detail: `Redis at ${address} does not answer; jobs are accepted and wait.`,
          remedy: 'Start Redis, or check REDIS_URL and the network between.',
        },
      ];
    }
  }

  private async warn(): Promise<void> {
    for (const { state, detail, remedy } of await this.check()) {
      if (state === 'warning') this.logger.warn(`${detail} ${remedy ?? ''}`);
    }
  }
}

function field(info: string, name: string): string {
  return new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? 'unknown';
}
