import { BullHarness, openBullHarness } from '../../test/support/bull-harness';
import { TestRedis, startRedis } from '../../test/support/redis';

describe('RedisQueueCheck', () => {
  let redis: TestRedis;
  let harness: BullHarness;
  beforeEach(async () => {
    redis = await startRedis();
    harness = await openBullHarness(redis);
  });
  afterEach(async () => {
    await harness.close();
    await redis.stop();
  });

  it('names version, address and time', async () => {
    const member = await harness.member();
    const [report] = await member.health.report();
    expect(report).toMatchObject({ name: 'queue', state: 'ok' });
    expect(report?.detail).toMatch(
      /^Bull on Redis \d+\.\d+\.\d+ at redis:\/\/127\.0\.0\.1:\d+ answers in \d+ ms\.$/,
    );
  });

  it('warns when Redis may drop data', async () => {
    await redis.ask('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    const [report] = await (await harness.member()).health.report();
    expect(report).toMatchObject({ state: 'warning', detail: expect.stringContaining('allkeys-lru') });
    expect(report?.remedy).toContain('noeviction');
  });

  it('never shows the password, whether Redis refuses it or is away', async () => {
    const redisUrl = redis.url.replace('redis://', 'redis://hark:s3cret@');
    const refused = await (await harness.member({ redisUrl })).health.report();
    expect(refused).toEqual([expect.objectContaining({ state: 'broken' })]);
    await redis.kill();
    const gone = await (await harness.member({ redisUrl })).health.report();
    expect(gone).toEqual([expect.objectContaining({ state: 'broken' })]);
    expect(JSON.stringify([refused, gone])).not.toContain('s3cret');
    expect(JSON.stringify(gone)).toContain('hark:***@');
  });
});
