import { HarkError } from '../../src/core/errors';
import { Gate, NO_SWEEP } from '../../test/contracts/queue/queue-under-test';
import { BullHarness, openBullHarness } from '../../test/support/bull-harness';
import { newJob } from '../../test/support/new-job';
import { QueueMember } from '../../test/support/queue-member';
import { startQueueProcess } from '../../test/support/queue-process';
import { TestRedis, startRedis } from '../../test/support/redis';
import { SmallWorker, SmallWorkerOptions } from '../../test/support/small-worker';

describe('BullJobQueue when Redis fails', () => {
  let redis: TestRedis;
  let harness: BullHarness;
  beforeEach(async () => {
    redis = await startRedis();
    harness = await openBullHarness(redis);
  });
  afterEach(async () => {
    redis.resume();
    await harness.close();
    await redis.stop();
  });

  const add = async (user = 'ada'): Promise<string> => (await harness.jobs.add(newJob({ user }))).job.id;
  const worker = (member: QueueMember, options: SmallWorkerOptions): Promise<SmallWorker> =>
    new SmallWorker(member.queue, member.events, harness.jobs, options).start();
  const idle = (member: QueueMember): Promise<SmallWorker> =>
    worker(member, { slots: 1, work: () => undefined });

  it('starts without Redis, and works as soon as it is there', async () => {
    await redis.kill();
    const begun = performance.now();
    const api = await harness.member({ timings: NO_SWEEP });
    const working = await idle(await harness.member({ timings: NO_SWEEP }));
    expect(performance.now() - begun).toBeLessThan(4_000);
    const id = await add();
    api.queue.wake('transcription');
    await redis.start();
    await working.untilEnded(1);
    expect(working.started).toEqual([id]);
  });

  it.each(['is gone', 'hangs'])(
    'says within two seconds that Redis %s, and goes on afterwards',
    async (how) => {
      const member = await harness.member({ timings: NO_SWEEP });
      const working = await idle(member);
      await add();
      member.queue.wake('transcription');
      await working.untilEnded(1);

      if (how === 'hangs') redis.pause();
      else await redis.kill();
      const asked = performance.now();
      const refusal = await member.queue.depth('transcription').catch((error: unknown) => error);
      expect(performance.now() - asked).toBeLessThan(2_000);
      expect(refusal).toBeInstanceOf(HarkError);
      expect(refusal).toMatchObject({ code: 'service_unavailable', retryable: true });
      expect(await member.health.report()).toContainEqual(
        expect.objectContaining({ name: 'queue', state: 'broken' }),
      );
      await add();
      member.queue.wake('transcription');

      if (how === 'hangs') redis.resume();
      else await redis.start();
      await working.untilEnded(2);
      expect((await harness.storage.archive.stats()).byStatus.done).toBe(2);
    },
  );

  it('goes on when Redis restarts empty while jobs run and wait', async () => {
    const gate = new Gate();
    const member = await harness.member({ timings: NO_SWEEP });
    for (let count = 0; count < 10; count++) await add(`user ${count}`);
    const working = await worker(member, { slots: 2, work: (_, signal) => gate.pass(signal) });
    await working.journal.until((notes) => notes.length === 2);
    await redis.restart();
    gate.open();
    await working.untilEnded(10);
    expect(new Set(working.started).size).toBe(10);
    expect(working.started).toHaveLength(10);
  });

  it('hands out again what a flush has lost', async () => {
    const gate = new Gate();
    const member = await harness.member({ timings: { ...NO_SWEEP, heartbeatMs: 100 } });
    const ids = [await add('ada'), await add('bob'), await add('eve')];
    const working = await worker(member, { slots: 1, work: (_, signal) => gate.pass(signal) });
    await working.journal.until((notes) => notes.length === 1);
    await redis.flush();
    gate.open();
    await working.untilEnded(3);
    expect(working.started.toSorted()).toEqual(ids.toSorted());
  });

  it('finds in a sweep ids that Redis has lost without a word', async () => {
    const gate = new Gate();
    const member = await harness.member({ timings: { ...NO_SWEEP, sweepMs: 200 } });
    const ids = [await add('ada'), await add('bob')];
    const working = await worker(member, { slots: 1, work: (_, signal) => gate.pass(signal) });
    await working.journal.until((notes) => notes.length === 1);
    gate.open();
    await redis.ask('DEL', 'hark:bull:transcription:wait');
    await working.untilEnded(2);
    expect(working.started.toSorted()).toEqual(ids.toSorted());
  });

  it.each(['is gone', 'hangs'])('stops in good time while Redis %s', async (how) => {
    const member = await harness.member({ timings: NO_SWEEP });
    const id = await add();
    const working = await worker(member, { slots: 1, work: (_, signal) => new Gate().pass(signal) });
    await working.untilStarted(id);
    if (how === 'hangs') redis.pause();
    else await redis.kill();
    const asked = performance.now();
    await member.queue.stop(300);
    await member.close();
    expect(performance.now() - asked).toBeLessThan(5_000);
    expect(await harness.jobs.find(id)).toMatchObject({ status: 'queued', attempts: 0 });
  });

  it('stops at once though Redis was never there', async () => {
    await redis.kill();
    const member = await harness.member({ timings: NO_SWEEP });
    await idle(member);
    const asked = performance.now();
    await member.queue.stop(5_000);
    await member.close();
    expect(performance.now() - asked).toBeLessThan(3_000);
  });

  it('leaves no loose ends in a real process, from a start without Redis to an end without it', async () => {
    await redis.kill();
    const options = { dataDir: harness.storage.dataDir, redisUrl: redis.url, slots: 1, leaseMs: 60_000 };
    const other = await startQueueProcess({ ...options, holds: false, timings: NO_SWEEP });
    const ended = (count: number): Promise<void> =>
      other.journal.until((notes) => notes.filter(({ what }) => what === 'ended').length === count);
    await add();
    await redis.start();
    await ended(1);
    await redis.kill();
    await add();
    await redis.start();
    await ended(2);
    await redis.kill();
    // An error or a rejection that nobody handles would have ended it with another code.
    expect(await other.terminate()).toBe(0);
  });
});
