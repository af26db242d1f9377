import { NO_SWEEP, Gate } from '../../test/contracts/queue/queue-under-test';
import { BullHarness, openBullHarness } from '../../test/support/bull-harness';
import { Journal } from '../../test/support/journal';
import { newJob } from '../../test/support/new-job';
import { QueueMember } from '../../test/support/queue-member';
import { startQueueProcess } from '../../test/support/queue-process';
import { TestRedis, startRedis } from '../../test/support/redis';
import { SmallWorker, SmallWorkerOptions } from '../../test/support/small-worker';

const WAITING = 'hark:bull:transcription:wait';
const ACTIVE = 'hark:bull:transcription:active';

describe('BullJobQueue with several processes', () => {
  let redis: TestRedis;
  let harness: BullHarness;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    harness = await openBullHarness(redis);
  });
  afterEach(() => harness.close());

  const add = async (user = 'ada'): Promise<string> => (await harness.jobs.add(newJob({ user }))).job.id;
  const worker = (member: QueueMember, options: SmallWorkerOptions): Promise<SmallWorker> =>
    new SmallWorker(member.queue, member.events, harness.jobs, options).start();
  const inBull = async (): Promise<[number, number]> => [
    Number(await redis.ask('LLEN', WAITING)),
    Number(await redis.ask('LLEN', ACTIVE)),
  ];

  it('wakes an idle worker from a process that does not work itself', async () => {
    const api = await harness.member({ timings: NO_SWEEP });
    const working = await worker(await harness.member({ timings: NO_SWEEP }), {
      slots: 1,
      work: () => undefined,
    });
    const waits: number[] = [];
    for (let count = 1; count <= 20; count++) {
      const id = await add();
      const woken = performance.now();
      api.queue.wake('transcription');
      await working.untilStarted(id);
      waits.push((working.journal.entries.find((note) => note.id === id)?.at ?? Infinity) - woken);
      await working.untilEnded(count);
    }
    waits.sort((a, b) => a - b);
    expect(waits[10]).toBeLessThan(150);
    if (process.env.HARK_FIGURES) console.log('api to worker, ms: median', waits[10], 'slowest', waits[19]);
  });

  it('keeps at most two ids for each slot in Bull, however many wait', async () => {
    for (let count = 0; count < 200; count++) await add(`user ${count % 20}`);
    const gate = new Gate();
    const options: SmallWorkerOptions = { slots: 2, work: (_, signal) => gate.pass(signal) };
    const first = await worker(await harness.member({ timings: NO_SWEEP }), options);
    await first.journal.until((notes) => notes.length === 2);
    const second = await worker(await harness.member({ timings: NO_SWEEP }), options);
    await second.journal.until((notes) => notes.length === 2);
    const api = await harness.member({ timings: NO_SWEEP });
    for (let wakes = 0; wakes < 10; wakes++) api.queue.wake('transcription');
    expect(await api.queue.depth('transcription')).toEqual({ waiting: 196, active: 4 });

    const full = async (): Promise<void> => ((await inBull()).join() === '4,4' ? undefined : full());
    await full();
    const most = { together: 0, active: 0 };
    const watch = async (): Promise<void> => {
      const [waiting, active] = await inBull();
      most.together = Math.max(most.together, waiting + active);
      most.active = Math.max(most.active, active);
      if (ended(first) + ended(second) < 60) await watch();
    };
    gate.open();
    await watch();
    expect(most.together).toBeLessThanOrEqual(8);
    expect(most.active).toBeLessThanOrEqual(4);
    const started = [...first.started, ...second.started];
    expect(new Set(started).size).toBe(started.length);
    expect(Math.min(ended(first), ended(second))).toBeGreaterThan(10);
  });

  it('leaves no trace of finished ids in Redis', async () => {
    const member = await harness.member({ timings: NO_SWEEP });
    for (let count = 0; count < 5; count++) await add();
    const working = await worker(member, { slots: 2, work: () => undefined });
    await working.untilEnded(5);
    await member.queue.stop(1_000);
    const keys = (await redis.ask('KEYS', '*')) as string[];
    expect(keys.filter((key) => !/:(id|stalled-check|stalled|turn|wanted)$/.test(key))).toEqual([]);
  });

  it('has another process end what a killed one held, once', async () => {
    const id = await add();
    const timings = { ...NO_SWEEP, heartbeatMs: 100, claimMs: 300 };
    const options = { dataDir: harness.storage.dataDir, redisUrl: redis.url, slots: 1, leaseMs: 1_000 };
    const dying = await startQueueProcess({ ...options, holds: true, timings });
    await dying.journal.until((notes) => notes.some(({ what }) => what === 'started'));
    const member = await harness.member({ timings, leaseMs: 1_000 });
    const working = await worker(member, { slots: 1, work: () => undefined });
    await dying.kill();
    await working.untilEnded(1);
    expect(working.started).toEqual([id]);
    expect(await harness.jobs.find(id)).toMatchObject({ status: 'done', attempts: 2 });
  });

  it('clears away what a killed process left in Bull', async () => {
    const id = await add();
    const timings = { ...NO_SWEEP, lockMs: 300 };
    const options = { dataDir: harness.storage.dataDir, redisUrl: redis.url, slots: 1, leaseMs: 60_000 };
    const dying = await startQueueProcess({ ...options, holds: true, timings });
    await dying.journal.until((notes) => notes.some(({ what }) => what === 'started'));
    await dying.kill();
    expect(await inBull()).toEqual([0, 1]);
    const working = await worker(await harness.member({ timings }), { slots: 1, work: () => undefined });
    const empty = async (): Promise<void> =>
      (await inBull()).some((count) => count > 0) ? empty() : undefined;
    await empty();
    // Its lease has not ended: the job is not begun again by Bull's repeat.
    expect(working.started).toEqual([]);
    expect(await harness.jobs.find(id)).toMatchObject({ status: 'running', attempts: 1 });
  });

  it('hands work of a process that is told to end to another one at once', async () => {
    const options = { dataDir: harness.storage.dataDir, redisUrl: redis.url, slots: 1, leaseMs: 60_000 };
    const id = await add();
    const ending = await startQueueProcess({ ...options, holds: true, timings: NO_SWEEP });
    await ending.journal.until((notes) => notes.some(({ what }) => what === 'started'));
    const working = await worker(await harness.member({ timings: NO_SWEEP }), {
      slots: 1,
      work: () => undefined,
    });
    expect(await ending.terminate()).toBe(0);
    await working.untilEnded(1);
    expect(await harness.jobs.find(id)).toMatchObject({ status: 'done', attempts: 1 });
  });

  it('shares the work with a process of its own', async () => {
    const options = { dataDir: harness.storage.dataDir, redisUrl: redis.url, slots: 1, leaseMs: 60_000 };
    const other = await startQueueProcess({ ...options, holds: false, timings: NO_SWEEP });
    const working = await worker(await harness.member({ timings: NO_SWEEP }), {
      slots: 1,
      work: () => undefined,
    });
    const all = new Journal<string>();
    const note = ({ what, id }: { what: string; id?: string }): void =>
      void (what === 'ended' && all.add(id ?? ''));
    working.journal.listen(note);
    other.journal.listen(note);
    for (let count = 0; count < 60; count++) await add(`user ${count % 6}`);
    const api = await harness.member({ timings: NO_SWEEP });
    api.queue.wake('transcription');
    await all.until((ids) => ids.length === 60);
    expect(new Set(all.entries).size).toBe(60);
    expect(working.started.length).toBeGreaterThan(5);
    expect(working.started.length).toBeLessThan(55);
    expect(await other.terminate()).toBe(0);
  });

  it('does the same job once though its id is handed out twice', async () => {
    const id = await add();
    const gate = new Gate();
    const member = await harness.member({ timings: NO_SWEEP });
    const working = await worker(member, { slots: 2, work: (_, signal) => gate.pass(signal) });
    await working.untilStarted(id);
    // As after a turn that took too long, or Bull's own repeat of a stalled id.
    const job = [
      'name',
      '__default__',
      'data',
      JSON.stringify({ id }),
      'opts',
      '{}',
      'timestamp',
      Date.now(),
    ];
    await redis.ask('HSET', `hark:bull:transcription:${id}.again`, ...job);
    await redis.ask('LPUSH', WAITING, `${id}.again`);
    const next = await add('bob');
    member.queue.wake('transcription');
    await working.untilStarted(next);
    gate.open();
    await working.untilEnded(2);
    expect(working.started).toEqual([id, next]);
  });
});

function ended(worker: SmallWorker): number {
  return worker.journal.entries.filter(({ what }) => what === 'ended').length;
}
