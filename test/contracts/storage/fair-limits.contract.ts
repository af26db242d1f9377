import { JobStore, ReadyRules } from '../../../src/core/job-store';
import { lease, spoken } from '../../support/job-stages';
import { NewJobOptions, chatMessage, newJob } from '../../support/new-job';
import { TestStorage } from '../../support/storage';
import { NO_LIMITS } from './fair-order.contract';
import { StorageUnderTest } from './storage-under-test';

const HOUR = 3_600;

/** Who is next among short and long ones, and where only so many may be read at the same time. */
export function describeFairLimits(under: StorageUnderTest): void {
  describe('fair limits', () => {
    let storage: TestStorage;
    let jobs: JobStore;
    const names = new Map<string, string>();
    beforeEach(async () => {
      storage = await under.open();
      jobs = storage.jobs;
      names.clear();
    });
    afterEach(() => storage.close());

    /** The name's first letter is the user. */
    const queue = async (
      name: string,
      options: NewJobOptions & { minutes?: number } = {},
    ): Promise<string> => {
      const { minutes, ...rest } = options;
      const { createdAt, ...job } = newJob({ user: name[0], replyTo: chatMessage(`of ${name}`), ...rest });
      const at = minutes === undefined ? createdAt : new Date(Date.now() + minutes * 60_000);
      const { id } = (await jobs.add({ ...job, createdAt: at })).job;
      names.set(id, name);
      return id;
    };
    const ready = async (
      rules: Partial<ReadyRules> = {},
      limit = 100,
      except: string[] = [],
    ): Promise<string> => {
      const ids = await jobs.ready(limit, new Date(), { ...NO_LIMITS, ...rules }, except);
      return ids.map((id) => names.get(id)).join(' ');
    };
    const start = (id: string, at = new Date()): ReturnType<JobStore['claim']> =>
      jobs.claim(id, lease(new Date(), id), at);
    const finish = (id: string): ReturnType<JobStore['finish']> => jobs.finish(id, id, spoken(), new Date());
    const inPlace = (workspace: string, channel: string): NewJobOptions => ({
      replyTo: { ...chatMessage(channel), workspace },
    });

    describe('short and long', () => {
      it('let the shortest of several users go first', async () => {
        await queue('a', { seconds: HOUR });
        await queue('b', { seconds: 600 });
        await queue('c', { seconds: 5 });
        await queue('d');
        expect(await ready()).toBe('c d b a');
      });

      it('let those of the same length go by whose last turn is longest ago', async () => {
        for (const [user, minutes] of [
          ['a', -10],
          ['b', -30],
          ['c', -20],
        ] as const) {
          const id = await queue(user, { seconds: 5 });
          await start(id, new Date(Date.now() + minutes * 60_000));
          await finish(id);
          await queue(user, { seconds: 5 });
        }
        expect(await ready()).toBe('b c a');
      });

      it('let one user’s short ones pass their own long ones', async () => {
        await queue('a1', { seconds: HOUR });
        await queue('a2', { seconds: 5 });
        expect(await ready()).toBe('a2 a1');
      });

      it('let nobody wait for ever: those that come later than a long one lasts come after it', async () => {
        await queue('a', { seconds: HOUR, minutes: -60 });
        await queue('b', { seconds: 10, minutes: -30 });
        await queue('c', { seconds: 10, minutes: 1 });
        expect(await ready()).toBe('b a c');
      });

      it('keep a part of the slots for short ones, whoever has come first', async () => {
        for (const name of ['a1', 'b1', 'c1']) await queue(name, { seconds: HOUR });
        expect(await ready({ lengthyJobs: 2 })).toBe('a1 b1');
        const [a1 = '', b1 = ''] = await jobs.ready(2, new Date(), NO_LIMITS, []);
        expect(await ready({ lengthyJobs: 2 }, 100, [a1])).toBe('b1');
        await start(a1);
        await start(b1);
        expect(await ready({ lengthyJobs: 2 })).toBe('');
        await queue('d1', { seconds: 5 });
        await queue('d2');
        expect(await ready({ lengthyJobs: 2 })).toBe('d1 d2');
        await finish(a1);
        expect(await ready({ lengthyJobs: 2 })).toBe('d1 c1 d2');
      });

      it('never let one requester take every slot, nor every one for long ones', async () => {
        for (const name of ['a1', 'a2', 'a3']) await queue(name, { seconds: 5, replyTo: undefined });
        for (const name of ['b1', 'b2', 'b3']) await queue(name, { seconds: HOUR });
        expect(await ready({ jobsOfOne: 2 })).toBe('a1 b1 a2 b2');
        expect(await ready({ lengthyJobsOfOne: 1 })).toBe('a1 b1 a2 a3');
        const [a1 = '', b1 = ''] = await jobs.ready(2, new Date(), NO_LIMITS, []);
        await start(a1);
        expect(await ready({ jobsOfOne: 2 }, 100, [b1])).toBe('b2 a2');
        await start(b1);
        await queue('c1', { seconds: 121 });
        expect(await ready({ jobsOfOne: 1 })).toBe('c1');
        expect(await ready({ lengthyJobsOfOne: 1, lengthyJobs: 2 })).toBe('c1 a2 a3');
        await queue('b4', { seconds: 5 });
        expect(await ready({ jobsOfOne: 2, lengthyJobsOfOne: 1, lengthyJobs: 2 })).toBe('c1 a2 b4');
      });

      it('keep what is long among the long ones, however little of it was heard', async () => {
        const a1 = await queue('a1', { seconds: HOUR });
        await start(a1);
        const piece = { index: 0, segments: [], progress: 0.01, media: { seconds: 28 } };
        await jobs.savePiece(a1, a1, piece);
        await queue('b1', { seconds: HOUR });
        expect(await ready({ lengthyJobs: 1 })).toBe('');
        await jobs.handBack(a1, a1, { availableAt: new Date(0), uncounted: true });
        await queue('c1', { seconds: 600 });
        expect(await ready({ lengthyJobs: 1 })).toBe('c1');
      });

      it('put one that is said to be long, or whose sound does not come, among the long ones', async () => {
        const [a1, b1] = [await queue('a1'), await queue('b1')];
        for (const id of [a1, b1]) await start(id);
        const piece = { index: 0, segments: [], progress: 0.1, media: { seconds: 9 } };
        await jobs.savePiece(a1, a1, { ...piece, claimedSeconds: HOUR });
        expect(await jobs.lengthen(b1, b1)).toBe(true);
        expect(await jobs.lengthen(b1, 'somebody else')).toBe(false);
        await queue('c1', { seconds: HOUR });
        expect(await ready({ lengthyJobs: 2 })).toBe('');
        expect(await ready({ lengthyJobs: 3 })).toBe('c1');
        for (const id of [a1, b1]) await jobs.handBack(id, id, { availableAt: new Date(0), uncounted: true });
        expect(await ready({ lengthyJobs: 2 })).toBe('c1 b1');
      });

      it('put one that turned out long among the long ones', async () => {
        const a1 = await queue('a1');
        await start(a1);
        const piece = { index: 0, segments: [], progress: 0.1, media: { seconds: HOUR } };
        expect(await jobs.savePiece(a1, a1, piece)).toBe(true);
        await queue('b1', { seconds: HOUR });
        expect(await ready({ lengthyJobs: 1 })).toBe('');
        await jobs.handBack(a1, a1, { availableAt: new Date(0), uncounted: true });
        expect((await jobs.find(a1))?.lengthy).toBe(true);
        expect(await ready({ lengthyJobs: 1 })).toBe('b1');
        expect(await ready()).toBe('b1 a1');
      });
    });

    describe('places', () => {
      it('have no more under way than they may, whoever asks, and let others pass', async () => {
        for (const name of ['a1', 'b1', 'c1']) await queue(name, inPlace('w1', 'c1'));
        await queue('d1', inPlace('w1', 'c2'));
        await queue('e1', inPlace('w2', 'c3'));
        await queue('f1', { replyTo: undefined });
        expect(await ready({ activeJobsPerServer: 2 })).toBe('a1 b1 e1 f1');
        expect(await ready({ activeJobsPerChannel: 2 })).toBe('a1 b1 d1 e1 f1');
        const [a1 = '', b1 = ''] = await jobs.ready(2, new Date(), NO_LIMITS, []);
        await start(a1);
        expect(await ready({ activeJobsPerServer: 2 }, 100, [b1])).toBe('e1 f1');
        expect(await ready({ activeJobsPerChannel: 1 })).toBe('d1 e1 f1');
        await finish(a1);
        expect(await ready({ activeJobsPerServer: 2 }, 1, [b1])).toBe('c1');
      });

      it('have limits of their own where they were given some', async () => {
        const place = (kind: 'server' | 'channel', id: string) => ({ platform: 'discord', kind, id });
        const { preferences } = storage;
        await preferences.set(place('server', 'w1'), { quota: { limits: { activeJobs: 1 } } });
        await preferences.set(place('channel', 'c3'), { quota: { limits: { activeJobs: 0 } } });
        for (const name of ['a1', 'b1']) await queue(name, inPlace('w1', 'c1'));
        for (const name of ['c1', 'd1', 'e1']) await queue(name, inPlace('w2', 'c3'));
        for (const name of ['f1', 'g1']) await queue(name, inPlace('w2', 'c4'));
        expect(await ready({ activeJobsPerChannel: 1 })).toBe('a1 c1 d1 e1 f1');
        await preferences.set(place('server', 'w1'), { quota: undefined });
        expect(await ready({ activeJobsPerChannel: 2 })).toBe('a1 b1 c1 d1 e1 f1 g1');
      });

      it('that are full hide nobody behind them', async () => {
        for (let at = 0; at < 40; at++)
          await queue(`a${at}`, { user: `user ${at}`, ...inPlace('w1', `c${at}`) });
        await queue('z1', inPlace('w2', 'c99'));
        expect(await ready({ activeJobsPerServer: 1 }, 2)).toBe('a0 z1');
        const [first = ''] = await jobs.ready(1, new Date(), NO_LIMITS, []);
        await start(first);
        expect(await ready({ activeJobsPerServer: 1 }, 2)).toBe('z1');
      });
    });

    describe('users', () => {
      it('have the limit that their job came with, or else the usual one', async () => {
        for (const at of [1, 2, 3]) await queue(`a${at}`, { activeLimit: 2 });
        for (const at of [1, 2, 3]) await queue(`b${at}`, { activeLimit: 0 });
        for (const at of [1, 2, 3]) await queue(`c${at}`);
        expect(await ready({ activeJobsPerUser: 1 })).toBe('a1 b1 c1 a2 b2 b3');
      });

      it('can be told for which limit their note waits', async () => {
        const heldUp = (id: string, rules: Partial<ReadyRules>) =>
          jobs.heldUpBy(id, { ...NO_LIMITS, ...rules });
        const [a1, a2, a3] = [await queue('a1'), await queue('a2'), await queue('a3', { activeLimit: 5 })];
        const api = await queue('a4', { replyTo: undefined });
        const b1 = await queue('b1', inPlace('w1', 'c1'));
        const b2 = await queue('b2', inPlace('w1', 'c2'));
        expect(await heldUp(a1, { activeJobsPerUser: 1 })).toBeUndefined();
        expect(await heldUp(a2, { activeJobsPerUser: 1 })).toEqual({ of: 'person', limit: 1 });
        expect(await heldUp(a2, { activeJobsPerUser: 2 })).toBeUndefined();
        expect(await heldUp(a3, { activeJobsPerUser: 1 })).toBeUndefined();
        expect(await heldUp(api, { activeJobsPerUser: 1 })).toBeUndefined();
        await start(a1);
        expect(await heldUp(a1, { activeJobsPerUser: 1 })).toBeUndefined();
        expect(await heldUp(a2, { activeJobsPerUser: 1 })).toEqual({ of: 'person', limit: 1 });
        await start(b1);
        expect(await heldUp(b2, { activeJobsPerServer: 1 })).toEqual({ of: 'place', limit: 1 });
        expect(await heldUp(b2, { activeJobsPerChannel: 1 })).toBeUndefined();
        const server = { platform: 'discord', kind: 'server' as const, id: 'w1' };
        await storage.preferences.set(server, { quota: { limits: { activeJobs: 1 } } });
        expect(await heldUp(b2, {})).toEqual({ of: 'place', limit: 1 });
        await finish(b1);
        expect(await heldUp(b2, {})).toBeUndefined();
      });

      it('who ask in many places have one turn like everybody else', async () => {
        for (let at = 0; at < 30; at++) await queue(`a${at}`, inPlace('w1', `c${at}`));
        await queue('b1', inPlace('w2', 'c99'));
        expect(await ready({}, 3)).toBe('a0 b1 a1');
        const [a0 = ''] = await jobs.ready(1, new Date(), NO_LIMITS, []);
        expect(await ready({}, 1, [a0])).toBe('b1');
        await start(a0);
        expect(await ready({}, 1)).toBe('b1');
      });
    });
  });
}
