import { JobStatus, TranscriptionJob } from '../../../src/core/job';
import { JobStore } from '../../../src/core/job-store';
import { chatJob, spoken } from '../../support/job-stages';
import { chatMessage } from '../../support/new-job';
import { randomNumbers } from '../../support/sounds';
import { TestStorage } from '../../support/storage';
import { NO_LIMITS } from './fair-order.contract';
import { StorageUnderTest } from './storage-under-test';

const CLAIMERS = 8;
const JOBS = 200;
const ERROR = { code: 'media_empty', message: 'Empty.' } as const;

/** What several processes change at the same time is as if they had done it one after the other. */
export function describeManyAtOnce(under: StorageUnderTest): void {
  describe('many at once', () => {
    let storage: TestStorage;
    let members: TestStorage[];
    beforeEach(async () => {
      storage = await under.open();
      members = await Promise.all(Array.from({ length: CLAIMERS }, () => under.openAgain(storage)));
    });
    afterEach(async () => {
      await Promise.all(members.map((member) => member.close()));
      await storage.close();
    });

    it('do every job exactly once, and those of a sequence one after the other', async () => {
      const sequences = new Map<string, string>();
      const adding = members.map(async ({ jobs }, member) => {
        for (let index = member; index < JOBS; index += CLAIMERS) {
          const sequenceKey = index % 3 ? `s${index % 11}` : undefined;
          const { job } = await jobs.add(chatJob({ user: `u${index % 7}`, sequenceKey }));
          if (sequenceKey) sequences.set(job.id, sequenceKey);
        }
      });
      await Promise.all(adding);

      const done: string[] = [];
      const running = new Set<string>();
      const attempt = async (jobs: JobStore, id: string, owner: string): Promise<void> => {
        const until = new Date(Date.now() + 60_000);
        if (!(await jobs.claim(id, { owner, until }, new Date()))) return;
        const sequence = sequences.get(id) ?? id;
        if (running.has(sequence)) throw new Error(`Two of ${sequence} run.`);
        running.add(sequence);
        // From now on the next one may be begun.
        const finished = jobs.finish(id, owner, spoken(), new Date());
        running.delete(sequence);
        if (await finished) done.push(id);
      };
      await Promise.all(
        members.map(async ({ jobs }, member) => {
          while (done.length < JOBS) {
            const ready = await jobs.ready(CLAIMERS, new Date(), NO_LIMITS, []);
            for (const id of ready.slice(member % 3)) await attempt(jobs, id, `worker-${member}`);
          }
        }),
      );
      expect(new Set(done).size).toBe(JOBS);
      expect(done).toHaveLength(JOBS);
    }, 180_000);

    it('leave the queue as the jobs are', async () => {
      const random = randomNumbers(5);
      const ids: string[] = [];
      const sequences = new Map<string, string>();
      for (let index = 0; index < 24; index++) {
        const sequenceKey = `s${index % 5}`;
        const { job } = await storage.jobs.add(chatJob({ user: `u${index % 4}`, sequenceKey }));
        ids.push(job.id);
        sequences.set(job.id, sequenceKey);
      }
      await Promise.all(
        members.map(async ({ jobs }, member) => {
          for (let turn = 0; turn < 30; turn++) {
            const id = ids[Math.floor(random() * ids.length)] ?? '';
            await step(jobs, id, `o${member}`, Math.floor(random() * 8));
          }
        }),
      );
      const jobs = (await storage.archive.list({ limit: 200 })).jobs.reverse();
      const first = new Map<string, TranscriptionJob>();
      for (const job of jobs.filter(({ status }) => UNFINISHED.includes(status))) {
        const sequence = sequences.get(job.id) ?? '';
        if (!first.has(sequence)) first.set(sequence, job);
      }
      const expected = [...first.values()].filter(({ status }) => status === 'queued').map(({ id }) => id);
      const ready = await storage.jobs.ready(200, new Date(Date.now() + 60_000), NO_LIMITS, []);
      expect(ready.sort()).toEqual(expected.sort());
      expect(await storage.jobs.countWaiting(new Date(Date.now() + 60_000), 1_000)).toBe(expected.length);
      const { byStatus } = await storage.archive.stats();
      for (const [status, count] of Object.entries(byStatus)) {
        expect([status, count]).toEqual([status, jobs.filter((job) => job.status === status).length]);
      }
    }, 60_000);

    it('leave no answer without jobs, and no job without its answer', async () => {
      for (let round = 0; round < 6; round++) {
        const replyTo = chatMessage(`c${round}`);
        const added = await Promise.all(
          members.slice(0, 4).map(({ jobs }) => jobs.add(chatJob({ replyTo, user: `u${round}` }))),
        );
        const answerId = added[0]?.job.answerId ?? '';
        const [late] = await Promise.all([
          members[4]?.jobs.add(chatJob({ replyTo })),
          ...added.map(({ job }, index) => members[index]?.jobs.erase(job.id)),
        ]);
        expect((await storage.answers.find(answerId))?.parts ?? []).toHaveLength(
          late?.job.answerId === answerId ? 1 : 0,
        );
        const lateAnswer = await storage.answers.find(late?.job.answerId ?? '');
        expect(lateAnswer?.parts.map(({ job }) => job.id)).toEqual([late?.job.id]);
        if (late?.job.answerId !== answerId) expect(await storage.answers.find(answerId)).toBeUndefined();
      }
    });
  });
}

const UNFINISHED: JobStatus[] = ['queued', 'running'];

async function step(jobs: JobStore, id: string, owner: string, which: number): Promise<void> {
  const now = new Date();
  switch (which) {
    case 0:
      return void (await jobs.fail(id, ERROR, now));
    case 1:
      return void (await jobs.cancel(id, now));
    case 2:
      return void (await jobs.retry(id, now));
    case 3:
      return void (await jobs.handBack(id, owner, { availableAt: new Date(now.getTime() + 50) }));
    case 4:
      return void (await jobs.finish(id, owner, spoken(), now));
    case 5:
      return void (await jobs.ready(3, now, NO_LIMITS, []));
    case 6:
      return void (await jobs.takeBack(await jobs.leases(), now));
    default:
      return void (await jobs.claim(id, { owner, until: new Date(now.getTime() + 60_000) }, now));
  }
}
