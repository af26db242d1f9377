import { newJob } from '../support/new-job';
import { QueueMember } from '../support/queue-member';
import { SmallWorker } from '../support/small-worker';
import { Gate, JobQueueHarness, NO_SWEEP } from './job-queue.contract';

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
    const started = (): string[] =>
      crew
        .flatMap(({ journal }) => journal.entries)
        .filter(({ what }) => what === 'started')
        .sort((a, b) => a.at - b.at)
        .map(({ id }) => id);
    const untilStarted = async (many: number): Promise<string[]> => {
      await new Promise<void>((resolve) => {
        const look = (): void => {
          if (started().length >= many) resolve();
        };
        for (const { journal } of crew) journal.listen(look);
        look();
      });
      return started();
    };

    it('starts one short note at once, though somebody else has 100 long ones', async () => {
      const long: string[] = [];
      for (let at = 0; at < 100; at++) long.push(await add('anna', HOUR));
      await begin();
      const atWork = await untilStarted(2 * count);
      expect(atWork.sort()).toEqual(long.slice(0, 2 * count).sort());

      const short = await add('ben', 5);
      const since = performance.now();
      wake();
      expect((await untilStarted(2 * count + 1)).at(-1)).toBe(short);
      if (process.env.HARK_FIGURES)
        console.log(`short note of another user began after ${Math.round(performance.now() - since)} ms`);
      // None of the long ones has ended, and none takes the place of the short one.
      gateOf(short).open();
      await Promise.race(crew.map((worker) => worker.untilEnded(1)));
      const next = await add('ben', 5);
      wake();
      expect((await untilStarted(2 * count + 2)).at(-1)).toBe(next);
      gateOf(atWork[0] ?? '').open();
      expect(long).toContain((await untilStarted(2 * count + 3)).at(-1));
    });

    it('starts one short note next, though somebody else has 100 short ones', async () => {
      const many: string[] = [];
      for (let at = 0; at < 100; at++) many.push(await add('anna', 5));
      await begin();
      const atWork = await untilStarted(slots);
      const short = await add('ben', 5);
      wake();
      // Others were handed out already; they wait as if they had not been.
      await harness.noticed(short);
      gateOf(atWork[0] ?? '').open();
      expect((await untilStarted(slots + 1)).at(-1)).toBe(short);
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
