import { HarkError } from '../../../src/core/errors';
import { Admission, JobStore } from '../../../src/core/job-store';
import { UsageScope } from '../../../src/core/usage-scope';
import { ReplyAddress } from '../../../src/core/voice-note';
import { chatJob, lease, spoken } from '../../support/job-stages';
import { newJob } from '../../support/new-job';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

const START = new Date('2026-05-06T12:00:00Z');
const at = (seconds: number): Date => new Date(START.getTime() + seconds * 1_000);
const ERROR = { code: 'media_empty', message: 'Empty.' } as const;

/** What has been asked for counts towards quotas, whatever becomes of it. */
export function describeQuotaUse(under: StorageUnderTest): void {
  describe('what quotas count', () => {
    let storage: TestStorage;
    let jobs: JobStore;
    let messages = 0;
    beforeAll(async () => {
      storage = await under.open();
      jobs = storage.jobs;
    });
    afterAll(() => storage.close());

    const place = (workspace?: string, channel?: string): ReplyAddress => ({
      platform: 'discord',
      workspace,
      channel,
      message: `message ${(messages += 1)}`,
    });
    const ask = async (
      user: string,
      second: number,
      seconds?: number,
      replyTo = place('w', 'c'),
    ): Promise<string> => {
      const job = chatJob({ user, replyTo });
      const source = { kind: 'attachment' as const, platform: 'discord', ids: {}, seconds };
      return (await jobs.add({ ...job, note: { ...job.note, source }, createdAt: at(second) })).job.id;
    };
    const start = (id: string): ReturnType<JobStore['claim']> => jobs.claim(id, lease(at(30), id), at(30));
    const hear = (id: string, seconds: number, progress: number): Promise<boolean> =>
      jobs.savePiece(id, id, { index: 0, segments: [], progress, media: { seconds } });
    const used = async (scope: Omit<UsageScope, 'platform'>, since = at(0)): Promise<[number, number][]> =>
      (await jobs.usage({ platform: 'discord', ...scope }, since)).map(({ createdAt, seconds }) => [
        (createdAt.getTime() - START.getTime()) / 1_000,
        seconds,
      ]);

    it('is as long as announced, then as decoded; what nobody listened to is not counted', async () => {
      const [announced, , cancelled, unread, read, done, again] = [
        await ask('ann', 1, 7),
        await ask('ann', 2),
        await ask('ann', 3, 9),
        await ask('ann', 4, 9),
        await ask('ann', 5, 9),
        await ask('ann', 6, 9),
        await ask('ann', 7, 9),
      ];
      await jobs.cancel(cancelled, at(30));
      for (const id of [unread, again]) await jobs.fail(id, ERROR, at(30));
      for (const id of [read, done]) await start(id);
      await hear(read, 2, 0.1);
      await jobs.fail(read, ERROR, at(31));
      await jobs.finish(done, done, spoken('x', 4.5), at(31));
      await jobs.retry(again, at(32));
      // Nobody has to answer for calls of the API.
      await jobs.add({ ...newJob({ user: 'ann' }), createdAt: at(8) });
      const all = [
        [1, 7],
        [2, 0],
        [5, 2],
        [6, 4.5],
        [7, 9],
      ];
      expect(await used({ user: 'ann' })).toEqual(all);
      expect(await used({ user: 'ann' }, at(6))).toEqual(all.slice(3));
      expect(await jobs.usage({ platform: 'discord', user: 'ann' }, at(6), done)).toEqual([
        { createdAt: at(7), seconds: 9 },
      ]);
      await start(announced);
      await hear(announced, 3, 0.01);
      expect((await used({ user: 'ann' }))[0]).toEqual([1, 7]);
      await hear(announced, 3_600, 0.01);
      expect((await used({ user: 'ann' }))[0]).toEqual([1, 3_600]);
      expect(await used({ user: 'nobody' })).toEqual([]);
    });

    it('is not undone by erasing; what was stopped counts as far as it was read', async () => {
      const [waiting, done, erased, cancelled] = [
        await ask('bob', 1, 50),
        await ask('bob', 2, 50),
        await ask('bob', 3, 50),
        await ask('bob', 4, 50),
      ];
      for (const id of [done, erased, cancelled]) await start(id);
      await jobs.finish(done, done, spoken('x', 40), at(31));
      await hear(erased, 60, 0.5);
      await hear(cancelled, 80, 0.25);
      await jobs.cancel(cancelled, at(32));
      for (const id of [waiting, done, erased, cancelled]) await jobs.erase(id);
      expect(await used({ user: 'bob' })).toEqual([
        [2, 40],
        [3, 60],
        [4, 80],
      ]);
    });

    it('is found by person, server and channel, and by a person in a server', async () => {
      await ask('cat', 1, 1, place('w1', 'c1'));
      await ask('cat', 2, 2, place('w2', 'c2'));
      await ask('dan', 3, 3, place('w1', 'c3'));
      await ask('dan', 4, 4, place(undefined, 'c4'));
      expect(await used({ user: 'cat' })).toHaveLength(2);
      expect(await used({ server: 'w1' })).toEqual([
        [1, 1],
        [3, 3],
      ]);
      expect(await used({ channel: 'c2' })).toEqual([[2, 2]]);
      expect(await used({ user: 'cat', server: 'w1' })).toEqual([[1, 1]]);
      expect(await jobs.usage({ platform: 'slack', user: 'cat' }, at(0))).toEqual([]);
    });

    it('is forgotten when nothing counts it any more', async () => {
      const own = await under.open();
      const job = chatJob({ user: 'eve', replyTo: place('w', 'c') });
      await own.jobs.add({ ...job, createdAt: at(1) });
      await own.jobs.add({ ...chatJob({ user: 'eve', replyTo: place('w', 'c') }), createdAt: at(9) });
      await own.archive.forgetUsage(at(9));
      expect(await own.jobs.usage({ platform: 'discord', user: 'eve' }, at(0))).toHaveLength(1);
      await own.close();
    });

    it('lets no more in than may come, however many come at the same moment', async () => {
      const scope = { platform: 'discord', server: 'crowded' };
      const admission: Admission = {
        scopes: [scope],
        check: async (usage) => {
          if ((await usage(scope, at(0))).length >= 5)
            throw new HarkError('quota_place_jobs_per_hour', 'Full.');
        },
      };
      const other = await under.openAgain(storage);
      const asked = Array.from({ length: 30 }, (_, index) => {
        const store = index % 2 ? other.jobs : jobs;
        const job = chatJob({ user: `user ${index}`, replyTo: place('crowded', `c${index}`) });
        return store.add({ ...job, createdAt: at(index) }, admission);
      });
      const settled = await Promise.allSettled(asked);
      const refused = settled.filter(({ status }) => status === 'rejected');
      expect(refused).toHaveLength(25);
      expect((refused[0] as PromiseRejectedResult).reason).toMatchObject({
        code: 'quota_place_jobs_per_hour',
      });
      expect(await jobs.usage(scope, at(0))).toHaveLength(5);
      await other.close();
    });
  });
}
