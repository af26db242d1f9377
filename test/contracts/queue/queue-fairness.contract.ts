import { CoreWorker, CoreWorkerOptions } from '../../support/core-worker';
import { Journal } from '../../support/journal';
import { newJob } from '../../support/new-job';
import { QueueMember } from '../../support/queue-member';
import { SmallWorker, WorkNote } from '../../support/small-worker';
import { Gate, JobQueueHarness, NO_SWEEP } from './queue-under-test';

const HOUR = 3_600;

/**
 * Nobody is delayed by how much somebody else has sent, whatever carries the ids.
 *
 * @param workers how many processes may work at the same time
 */
export function queueFairnessContract(
  open: () => Promise<JobQueueHarness>,
  workers: readonly number[],
): void {
  describe.each(workers)('fairness with %i worker(s) of three slots', (count) => {
    const slots = 3 * count;
    let harness: JobQueueHarness;
    let members: QueueMember[];
    let crew: SmallWorker[];
    let gates: Map<string, Gate>;
    beforeEach(async () => {
      harness = await open();
      gates = new Map();
      members = [];
      for (let at = 0; at < count; at++) members.push(await harness.member({ timings: NO_SWEEP }));
      crew = [];
    });
    afterEach(() => harness.close());

    /** Work goes on until the gate of its job is opened. */
    const begin = async (): Promise<void> => {
      for (const { queue, events } of members) {
        const worker = new SmallWorker(queue, events, harness.jobs, {
          slots: 3,
          work: ({ id }, signal) => gateOf(id).pass(signal),
        });
        crew.push(await worker.start());
      }
    };
    const gateOf = (id: string): Gate => {
      const gate = gates.get(id) ?? new Gate();
      gates.set(id, gate);
      return gate;
    };
    const add = async (user: string, seconds?: number): Promise<string> =>
      (await harness.jobs.add(newJob({ user, seconds }))).job.id;
    const wake = (): void => members[0]?.queue.wake('transcription');
    /** In the order in which they began, whichever worker did. */
    const started = (workers: readonly { journal: Journal<WorkNote> }[] = crew): string[] =>
      workers
        .flatMap(({ journal }) => journal.entries)
        .filter(({ what }) => what === 'started')
        .sort((a, b) => a.at - b.at)
        .map(({ id }) => id);
    const until = (holds: () => boolean, workers: readonly { journal: Journal<WorkNote> }[]): Promise<void> =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (holds()) resolve();
        };
        for (const { journal } of workers) journal.listen(look);
        look();
      });
    const untilStarted = async (many: number): Promise<string[]> => {
      await until(() => started().length >= many, crew);
      return started();
    };
    const figure = (what: string, since: number): void => {
      if (process.env.HARK_FIGURES)
        console.log(`${count} worker(s): ${what}, after ${Math.round(performance.now() - since)} ms`);
    };

    it('starts one short note at once, though two others have 100 long ones', async () => {
      const long: string[] = [];
      for (let at = 0; at < 50; at++) for (const user of ['anna', 'cleo']) long.push(await add(user, HOUR));
      await begin();
      const atWork = await untilStarted(2 * count);
      expect(atWork.sort()).toEqual(long.slice(0, 2 * count).sort());

      const since = performance.now();
      const short = await add('ben', 5);
      wake();
      expect((await untilStarted(2 * count + 1)).at(-1)).toBe(short);
      figure('a short note began, beside 100 long ones of two others', since);
      // None of the long ones has ended, and none takes the place of the short one.
      gateOf(short).open();
      await Promise.race(crew.map((worker) => worker.untilEnded(1)));
      const next = await add('ben', 5);
      wake();
      expect((await untilStarted(2 * count + 2)).at(-1)).toBe(next);
      gateOf(atWork[0] ?? '').open();
      expect(long).toContain((await untilStarted(2 * count + 3)).at(-1));
    });

    it('starts one of two minutes at once, though somebody else has 100 of an hour', async () => {
      for (let at = 0; at < 100; at++) await add('anna', HOUR);
      await begin();
      await untilStarted(2 * count - 1);
      const since = performance.now();
      const other = await add('ben', 121);
      wake();
      expect((await untilStarted(2 * count)).at(-1)).toBe(other);
      figure('a note of 121 s began, beside 100 long ones of another user', since);
    });

    it('starts one short note at once, though somebody else has 100 short ones', async () => {
      for (let at = 0; at < 100; at++) await add('anna', 5);
      await begin();
      await untilStarted(slots - 1);
      const since = performance.now();
      const short = await add('ben', 5);
      wake();
      expect((await untilStarted(slots)).at(-1)).toBe(short);
      figure('a short note began, beside 100 short ones of another user', since);
    });

    it('starts one short note next, though others have 100 short ones', async () => {
      for (let at = 0; at < 100; at++) await add(at % 2 ? 'anna' : 'cleo', 5);
      await begin();
      const atWork = await untilStarted(slots);
      const short = await add('ben', 5);
      wake();
      // Others were handed out already; they wait as if they had not been.
      await harness.noticed(short);
      gateOf(atWork[0] ?? '').open();
      expect((await untilStarted(slots + 1)).at(-1)).toBe(short);
    });

    it('starts one short note, though downloads that do not come are in every slot', async () => {
      const held = async (users: string[]): Promise<string[]> => {
        const ids: string[] = [];
        for (const user of users) for (let at = 0; at < 5; at++) ids.push(await add(user));
        return ids;
      };
      const soundMs = 300;
      const dripping = new Set(await held(Array.from({ length: slots }, (_, at) => `mallory ${at}`)));
      const workers: CoreWorker[] = [];
      const read: CoreWorkerOptions['read'] = ({ id }, signal, listener) => {
        if (!dripping.has(id)) listener.sounds();
        return dripping.has(id) ? gateOf(id).pass(signal) : Promise.resolve();
      };
      for (const member of members)
        workers.push(await new CoreWorker(member, harness.jobs, { slots: 3, soundMs, read }).start());
      const begun = (): string[] => started(workers);
      await until(() => begun().length >= slots, workers);

      const since = performance.now();
      const short = await add('ben', 3);
      wake();
      await until(() => begun().includes(short), workers);
      figure(`a note of 3 s began, beside downloads that are given ${soundMs} ms`, since);
      // None of them has ended, and each of them had its turn in a slot for short ones at most once.
      const found = await Promise.all([...dripping].map((id) => harness.jobs.find(id)));
      expect(found.filter((job) => job?.status === 'done')).toEqual([]);
      expect(found.filter((job) => job?.lengthy).length).toBeGreaterThan(0);
    });

    it('starts the shortest first, and the long ones in the end', async () => {
      const lengths = [4 * HOUR, HOUR, 600, 60, 5];
      const ids = new Map<string, number>();
      for (const [at, seconds] of lengths.entries()) ids.set(await add(`user ${at}`, seconds), seconds);
      await begin();
      for (let done = 0; done < lengths.length; done++) {
        const began = await untilStarted(Math.min(lengths.length, done + 1));
        gateOf(began[done] ?? '').open();
      }
      const order = started().map((id) => ids.get(id) ?? 0);
      if (count === 1) expect(order).toEqual([...lengths].reverse());
      expect(new Set(order)).toEqual(new Set(lengths));
    });
  });
}
