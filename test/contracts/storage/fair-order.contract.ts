import { randomUUID } from 'node:crypto';
import { dueAt } from '../../../src/core/fair-share';
import { JobStore, ReadyRules } from '../../../src/core/job-store';
import { chatJob, lease, spoken } from '../../support/job-stages';
import { newJob } from '../../support/new-job';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

export const NO_LIMITS: ReadyRules = {
  activeJobsPerUser: 0,
  activeJobsPerServer: 0,
  activeJobsPerChannel: 0,
  lengthyJobs: 1_000,
  jobsOfOne: 1_000,
  lengthyJobsOfOne: 1_000,
};

/** Who is next: the order in which jobs may start. */
export function describeFairOrder(under: StorageUnderTest): void {
  describe('fair order', () => {
    let storage: TestStorage;
    let jobs: JobStore;
    const names = new Map<string, string>();
    beforeEach(async () => {
      storage = await under.open();
      jobs = storage.jobs;
      names.clear();
    });
    afterEach(() => storage.close());

    const queue = async (name: string, options: Parameters<typeof newJob>[0] = {}): Promise<string> => {
      const { job } = await jobs.add(chatJob({ user: name[0], ...options }));
      names.set(job.id, name);
      return job.id;
    };
    const ready = async (
      options: { limit?: number; active?: number; except?: string[]; now?: Date } = {},
    ) => {
      const { limit = 100, active = 0, except = [], now = new Date() } = options;
      const ids = await jobs.ready(limit, now, { ...NO_LIMITS, activeJobsPerUser: active }, except);
      return ids.map((id) => names.get(id)).join(' ');
    };
    const start = (id: string, at = new Date()): ReturnType<JobStore['claim']> =>
      jobs.claim(id, lease(new Date(), id), at);
    const finish = (id: string): ReturnType<JobStore['finish']> => jobs.finish(id, id, spoken(), new Date());

    it('lets users take turns, the oldest job of each first', async () => {
      for (const name of ['a1', 'a2', 'a3', 'b1', 'b2', 'c1']) await queue(name);
      expect(await ready()).toBe('a1 b1 c1 a2 b2 a3');
      for (let limit = 0; limit <= 6; limit++) {
        expect(await ready({ limit })).toBe('a1 b1 c1 a2 b2 a3'.split(' ').slice(0, limit).join(' '));
      }
    });

    it('counts what a user has running as turns taken', async () => {
      const a1 = await queue('a1');
      const a2 = await queue('a2');
      for (const name of ['a3', 'b1', 'b2', 'b3', 'c1']) await queue(name);
      await start(a1);
      await start(a2);
      expect(await ready()).toBe('b1 c1 b2 b3 a3');
      await finish(a1);
      expect(await ready()).toBe('b1 c1 b2 a3 b3');
    });

    it('gives the next turn to whoever has waited longest for one, when nothing runs', async () => {
      for (const name of ['a1', 'a2', 'a3', 'b1', 'b2', 'c1']) await queue(name);
      const order: (string | undefined)[] = [];
      for (let at = 0; at < 6; at++) {
        const [next = ''] = await jobs.ready(1, new Date(), NO_LIMITS, []);
        order.push(names.get(next));
        await start(next, new Date(Date.now() + at * 1000));
        await finish(next);
      }
      expect(order.join(' ')).toBe('a1 b1 c1 a2 b2 a3');
    });

    it('puts priority before turns', async () => {
      await queue('a1');
      await queue('b1', { priority: -1 });
      await queue('a2', { priority: 5 });
      await queue('a3', { priority: 5 });
      await queue('c1', { priority: 5 });
      expect(await ready()).toBe('a2 c1 a3 a1 b1');
      expect(await ready({ limit: 1 })).toBe('a2');
    });

    it('lets a short job of another user start next, however many one user has', async () => {
      for (let at = 1; at <= 100; at++) await queue(`a${at}`);
      await queue('b1');
      expect(await ready({ limit: 3 })).toBe('a1 b1 a2');
    });

    it('makes users wait who have as many jobs running as they may', async () => {
      const a1 = await queue('a1');
      for (const name of ['a2', 'a3', 'a4', 'b1', 'b2', 'b3']) await queue(name);
      expect(await ready({ active: 2 })).toBe('a1 b1 a2 b2');
      await start(a1);
      expect(await ready({ active: 2 })).toBe('b1 b2 a2');
      expect(await ready({ active: 1 })).toBe('b1');
      await finish(a1);
      expect(await ready({ active: 1 })).toBe('b1 a2');
    });

    it('counts jobs of every priority against the limit, and looks further for others', async () => {
      for (const name of ['a1', 'a2']) await queue(name, { priority: 9 });
      for (const name of ['a3', 'a4', 'b1']) await queue(name, { priority: 1 });
      expect(await ready({ active: 1 })).toBe('a1 b1');
      const [a1] = await jobs.ready(1, new Date(), { ...NO_LIMITS, activeJobsPerUser: 1 }, []);
      expect(await ready({ active: 1, limit: 1, except: [a1 ?? ''] })).toBe('b1');
    });

    it('does not limit who has nobody to answer to', async () => {
      for (const name of ['a1', 'a2', 'a3']) await queue(name, { replyTo: undefined });
      const own = await Promise.all([1, 2, 3].map(() => jobs.add(newJob({ user: 'x' }))));
      for (const [at, { job }] of own.entries()) names.set(job.id, `x${at + 1}`);
      expect(await ready({ active: 1 })).toBe('a1 x1 a2 x2 a3 x3');
    });

    it('leaves out those that were handed out, who keep their turns', async () => {
      const ids: string[] = [];
      for (const name of ['a1', 'a2', 'b1', 'b2']) ids.push(await queue(name));
      expect(await ready({ except: [ids[0] ?? '', randomUUID()] })).toBe('b1 a2 b2');
      expect(await ready({ except: [ids[0] ?? ''], active: 1 })).toBe('b1');
      expect(await ready({ except: [ids[0] ?? ''], limit: 1 })).toBe('b1');
    });

    it('keeps a sequence in the order of its jobs', async () => {
      const a1 = await queue('a1', { sequenceKey: 's' });
      const a2 = await queue('a2', { sequenceKey: 's' });
      await queue('a3', { sequenceKey: 's' });
      await queue('a4', { sequenceKey: 't' });
      await queue('b1', { sequenceKey: 's' });
      expect(await ready()).toBe('a1 a4');
      await start(a1);
      expect(await ready()).toBe('a4');
      await jobs.handBack(a1, a1, { availableAt: new Date() });
      expect(await ready()).toBe('a1 a4');
      await start(a1);
      await finish(a1);
      expect(await ready()).toBe('a2 a4');
      await jobs.cancel(a2, new Date());
      expect(await ready()).toBe('a3 a4');
      await jobs.retry(a2, new Date());
      expect(await ready()).toBe('a2 a4');
      await jobs.erase(a2);
      expect(await ready()).toBe('a3 a4');
    });

    it('keeps a sequence waiting behind a job that waits for another attempt', async () => {
      const a1 = await queue('a1', { sequenceKey: 's' });
      await queue('a2', { sequenceKey: 's' });
      await start(a1);
      const availableAt = new Date(Date.now() + 60_000);
      await jobs.handBack(a1, a1, { availableAt });
      expect(await ready()).toBe('');
      expect(await ready({ now: new Date(availableAt.getTime() - 1) })).toBe('');
      expect(await ready({ now: availableAt })).toBe('a1');
      await start(a1);
      await jobs.fail(a1, { code: 'engine_failed', message: 'No.' }, new Date(), a1);
      expect(await ready()).toBe('a2');
    });

    it('orders jobs of the same moment as they came', async () => {
      const createdAt = new Date();
      const wanted: string[] = [];
      for (let at = 0; at < 20; at++) {
        const { job } = await jobs.add({ ...chatJob({ user: 'a', sequenceKey: 's' }), createdAt });
        wanted.push(job.id);
      }
      for (const id of wanted) {
        expect(await jobs.ready(5, new Date(), NO_LIMITS, [])).toEqual([id]);
        await start(id);
        await finish(id);
      }
    });

    it('is the same order as a plain sort of everything, whatever has happened', async () => {
      let seed = 1;
      const dice = (sides: number): number => (seed = (seed * 48_271) % 2_147_483_647) % sides;
      type Made = {
        id: string;
        user: string;
        priority: number;
        state: string;
        fairAt: number;
        length: number;
      };
      const all: Made[] = [];
      const begun = new Map<string, { user: string; at: number }>();
      const evening = Date.now() - 3_600_000;
      for (let step = 0; step < 200; step++) {
        const user = `user-${dice(5)}`;
        const priority = dice(3);
        const one = all[dice(all.length || 1)];
        const deed = dice(5);
        if (!one || deed < 3) {
          const seconds = dice(400);
          const replyTo = {
            platform: 'discord',
            workspace: `w${dice(2)}`,
            channel: `c${dice(3)}`,
            message: `${step}`,
          };
          const job = chatJob({ user, priority, seconds, replyTo });
          const { id } = (await jobs.add(job)).job;
          const fairAt = job.createdAt.getTime() + seconds * 1_000;
          all.push({ id, user, priority, state: 'queued', fairAt, length: seconds * 1_000 });
        } else if (one.state === 'queued' && deed === 3) {
          await start(one.id, new Date(evening + step * 10_000));
          if (!begun.has(one.id)) begun.set(one.id, { user: one.user, at: evening + step * 10_000 });
          one.state = 'running';
        } else if (one.state === 'running') {
          if (dice(2)) await finish(one.id);
          else await jobs.handBack(one.id, one.id, { availableAt: new Date(0) });
          one.state = (await jobs.find(one.id))?.status ?? '';
        }
        if (step % 5 > 0) continue;
        const queued = all.filter(({ state }) => state === 'queued');
        const except = queued.filter(() => dice(20) === 0).map(({ id }) => id);
        const open = queued.filter(({ id }) => !except.includes(id));
        const ranked = open.map((job) => {
          const { user, fairAt, length } = job;
          const isTheirs = (other: Made): boolean => other.user === user;
          const under = all.filter((other) => isTheirs(other) && other.state === 'running');
          const handedOut = queued.filter((other) => isTheirs(other) && except.includes(other.id));
          const before = open.filter(
            (other) => isTheirs(other) && other.priority === job.priority && other.fairAt < fairAt,
          );
          const turns = [...begun.values()].filter((turn) => turn.user === user).map(({ at }) => at);
          const due = dueAt(Math.max(0, ...turns), fairAt, length);
          return { ...job, rank: under.length + handedOut.length + before.length, due };
        });
        ranked.sort(
          (a, b) => b.priority - a.priority || a.rank - b.rank || a.due - b.due || a.fairAt - b.fairAt,
        );
        const limit = 1 + dice(12);
        expect(await jobs.ready(limit, new Date(), NO_LIMITS, except)).toEqual(
          ranked.slice(0, limit).map(({ id }) => id),
        );
      }
    });
  });
}
