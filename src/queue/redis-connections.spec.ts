import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { TestRedis, startRedis } from '../../test/support/redis';
import { loadSettings } from '../settings/load-settings';
import { QueueTimings } from './queue-timings';
import { RedisConnections } from './redis-connections';

Logger.overrideLogger(false);

describe('connections to Redis', () => {
  let redis: TestRedis;
  let connections: RedisConnections;
  beforeEach(async () => {
    redis = await startRedis();
    connections = open();
  });
  const open = (): RedisConnections => {
    const environment = { NODE_ENV: 'test', REDIS_URL: redis.url };
    const settings = loadSettings(environment, { cwd: __dirname, terminal: false });
    return new RedisConnections(settings, new QueueTimings({ heartbeatMs: 50 }));
  };
  afterEach(async () => {
    await connections.close();
    await redis.stop();
  });

  it('come back though Bull has closed them and left it at that', async () => {
    const blocking = connections.clientFor('bclient');
    await next(blocking, 'ready');
    blocking.disconnect();
    await next(blocking, 'end');
    await next(blocking, 'ready');
  });

  it('come back though Bull has closed them while Redis was away', async () => {
    const blocking = connections.clientFor('bclient');
    await next(blocking, 'ready');
    await redis.kill();
    await next(blocking, 'reconnecting');
    blocking.disconnect();
    await redis.start();
    await next(blocking, 'ready');
    expect(await blocking.ping()).toBe('PONG');
  });

  it('stay closed at the end', async () => {
    const blocking = connections.clientFor('bclient');
    await next(blocking, 'ready');
    const ended = next(blocking, 'end');
    await connections.close();
    await ended;
  });

  it('of another process are cut off by their name, and only those', async () => {
    const other = open();
    await next(other.commands, 'ready');
    const lost = next(other.commands, 'close');
    await connections.cutOff(other.name);
    await lost;
    expect(connections.ready).toBe(true);
    await next(other.commands, 'ready');
    await other.close();
  });
});

/** Unlike `once` of Node it takes errors for what is to be expected here. */
function next(client: Redis, event: string): Promise<void> {
  return new Promise((resolve) => client.once(event, () => resolve()));
}
