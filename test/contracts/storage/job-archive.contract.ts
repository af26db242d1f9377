import { JobArchive, JobQuery } from '../../../src/core/job-archive';
import { JOB_STATUSES, JobStatus } from '../../../src/core/job';
import { NewJob } from '../../../src/core/job-store';
import { chatJob, jobIn, spoken } from '../../support/job-stages';
import { newJob } from '../../support/new-job';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

const at = (minutes: number): Date => new Date(Date.UTC(2026, 2, 3, 4, minutes, 0, 89));

/** Looking back: lists, search and sums. */
export function describeJobArchive(under: StorageUnderTest): void {
  describe('job archive', () => {
    let storage: TestStorage;
    let archive: JobArchive;
    beforeEach(async () => {
      storage = await under.open();
      archive = storage.archive;
    });
    afterEach(() => storage.close());

    const add = async (job: NewJob): Promise<string> => (await storage.jobs.add(job)).job.id;
    const listed = async (query: Partial<JobQuery>): Promise<string[]> =>
      (await archive.list({ limit: 200, ...query })).jobs.map(({ id }) => id);
    const said = async (text: string, minutes = 1): Promise<string> => {
      const id = await add({ ...newJob(), createdAt: at(minutes) });
      await storage.jobs.claim(id, { owner: id, until: at(60) }, at(minutes));
      await storage.jobs.finish(id, id, spoken(text), at(minutes));
      return id;
    };

    it('lists newest first, page by page, whatever comes and goes in between', async () => {
      const ids: string[] = [];
      // Three of each minute: the time alone does not tell them apart.
      for (let index = 0; index < 15; index++) {
        ids.unshift(await add({ ...newJob(), createdAt: at(Math.floor(index / 3)) }));
      }
      expect(await listed({})).toEqual(ids);
      const seen: string[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < 4; page++) {
        const { jobs, nextCursor } = await archive.list({ limit: 4, cursor });
        seen.push(...jobs.map(({ id }) => id));
        cursor = nextCursor;
        await add({ ...newJob(), createdAt: at(30) });
        if (page === 1) await storage.jobs.erase(ids[7] ?? '');
      }
      expect(seen).toEqual(ids);
      expect(cursor).toBeUndefined();
    });

    it('ends with a page that is just full', async () => {
      for (let index = 0; index < 4; index++) await add(newJob());
      expect((await archive.list({ limit: 4 })).nextCursor).toBeUndefined();
      expect((await archive.list({ limit: 3 })).nextCursor).toEqual(expect.any(String));
    });

    it.each([
      '',
      'x',
      'AAAA',
      Buffer.from('1.x').toString('base64url'),
      Buffer.from('{}').toString('base64url'),
      '\0',
    ])('refuses a cursor that was not made here: %j', async (cursor) => {
      await expect(archive.list({ limit: 4, cursor })).rejects.toMatchObject({ code: 'field_invalid' });
    });

    it('filters by everything, alone and together', async () => {
      const queued = await add({ ...chatJob({ user: 'ann' }), createdAt: at(1) });
      const running = await add({ ...newJob({ user: 'bob' }), createdAt: at(2) });
      await storage.jobs.claim(running, { owner: 'o', until: at(60) }, at(3));
      const asked = chatJob({ user: 'ann' });
      const forBob = await add({
        ...asked,
        note: { ...asked.note, author: { id: 'bob' } },
        createdAt: at(4),
      });
      await storage.jobs.cancel(forBob, at(5));
      expect(await listed({ status: ['queued'] })).toEqual([queued]);
      expect(await listed({ status: ['cancelled', 'running', 'cancelled'] })).toEqual([forBob, running]);
      expect(await listed({ platform: 'discord' })).toEqual([forBob, queued]);
      expect(await listed({ user: 'ann' })).toEqual([forBob, queued]);
      expect(await listed({ user: 'bob' })).toEqual([forBob, running]);
      expect(await listed({ user: 'bob', platform: 'api' })).toEqual([running]);
      expect(await listed({ user: 'bob', status: ['queued', 'cancelled'] })).toEqual([forBob]);
      expect(await listed({ since: at(2) })).toEqual([forBob, running]);
      expect(await listed({ until: at(2) })).toEqual([running, queued]);
      expect(await listed({ since: at(2), until: at(3), status: ['running'], platform: 'api' })).toEqual([
        running,
      ]);
      expect(await listed({ user: 'nobody' })).toEqual([]);
      expect(await listed({ status: [] })).toEqual(await listed({}));
    });

    it('finds words in any case, with and without their marks, all of them and in any order', async () => {
      const cologne = await said('Grüße aus Köln, der Wasserkocher singt.', 1);
      const smorgas = await said('Smörgåsbord i Ångström, naïve café; O’Hara’s 42 e-mails', 2);
      const decomposed = await said('Ko\u0308ln noch einmal', 3);
      expect(await listed({ text: 'köln' })).toEqual([decomposed, cologne]);
      expect(await listed({ text: 'KOLN' })).toEqual([decomposed, cologne]);
      expect(await listed({ text: 'singt GRUßE' })).toEqual([cologne]);
      expect(await listed({ text: 'Köln einmal' })).toEqual([decomposed]);
      expect(await listed({ text: 'cafe ANGSTROM 42' })).toEqual([smorgas]);
      expect(await listed({ text: 'e-mails' })).toEqual([smorgas]);
      expect(await listed({ text: 'Kessel' })).toEqual([]);
      expect(await listed({ text: 'kö' })).toEqual([]);
      expect(await listed({ text: 'köln', until: at(2) })).toEqual([cologne]);
      expect(await listed({ text: 'köln', status: ['queued'] })).toEqual([]);
    });

    it('takes whatever is searched for as words only', async () => {
      const id = await said('the kettle OR the pot AND near text NOT singing');
      const hostile = [
        '"',
        '""',
        '"kettle',
        'kettle"',
        "kettle' or 1=1 --",
        'kettle*',
        '^kettle',
        'text:kettle',
        '-kettle',
        'kettle OR pot',
        'NOT kettle',
        'NEAR(kettle pot, 5)',
        'NEAR',
        'AND',
        '(kettle',
        'kettle)',
        '{text}: kettle',
        'kettle + pot',
        '\0kettle\0',
        'kettle\\',
        '%',
        '_',
        '*',
        '()',
        '',
        '   ',
        '🙂',
        'transcript_search',
        'kettle '.repeat(5_000),
        `"${'('.repeat(3_000)}`,
        ';drop table job',
        '$1 ? :a',
      ];
      for (const text of hostile) {
        const found = await listed({ text });
        expect(found.filter((one) => one !== id)).toEqual([]);
      }
      expect(await listed({ text: 'kettle OR singing' })).toEqual([id]);
      expect(await listed({ text: 'kettle OR unheard' })).toEqual([]);
      expect(await listed({ text: 'kettle NOT singing' })).toEqual([id]);
      expect(await listed({ text: '"kettle" "pot"' })).toEqual([id]);
      for (const nothing of ['', '"', '*', '🙂']) expect(await listed({ text: nothing })).toEqual([]);
    });

    it('finds nothing of what was erased, or is being read again', async () => {
      const [erased, kept] = [await said('a singular kettle', 1), await said('a plural kettle', 2)];
      await storage.jobs.erase(erased);
      expect(await listed({ text: 'kettle' })).toEqual([kept]);
      expect(await listed({ text: 'singular' })).toEqual([]);
    });

    it('sums up', async () => {
      const none = Object.fromEntries(JOB_STATUSES.map((status) => [status, 0]));
      expect(await archive.stats()).toEqual({ byStatus: none, byPlatform: {}, audioSeconds: 0 });
      for (const status of ['queued', 'running', 'delivering', 'done', 'failed', 'done'] as JobStatus[]) {
        await jobIn(storage, status, true);
      }
      await jobIn(storage, 'done', false);
      await jobIn(storage, 'cancelled', false);
      expect(await archive.stats()).toEqual({
        byStatus: { queued: 1, running: 1, delivering: 1, done: 3, failed: 1, cancelled: 1 },
        byPlatform: { discord: { jobs: 6, audioSeconds: 8 }, api: { jobs: 2, audioSeconds: 4 } },
        audioSeconds: 12,
        realTimeFactor: expect.closeTo(0.1, 9) as number,
      });
    });

    it('sums up what ended, step by step', async () => {
      const minute = 60_000;
      expect(await archive.series(at(0), 10 * minute)).toEqual([]);
      await said('before', 1);
      await said('one', 11);
      const two = await add({ ...newJob(), createdAt: at(19) });
      await storage.jobs.claim(two, { owner: two, until: at(60) }, at(19));
      await storage.jobs.finish(two, two, { ...spoken(), timings: { wait: 1500, engine: 400 } }, at(19));
      const cancelled = await add({ ...newJob(), createdAt: at(12) });
      await storage.jobs.cancel(cancelled, at(12));
      const failed = await add({ ...newJob(), createdAt: at(30) });
      await storage.jobs.fail(failed, { code: 'media_empty', message: 'Empty.' }, at(31));
      await add({ ...newJob(), createdAt: at(32) });
      const step = (minutes: number): Date => new Date(Date.UTC(2026, 2, 3, 4, minutes));
      expect(await archive.series(step(10), 10 * minute)).toEqual([
        {
          at: step(10),
          done: 2,
          failed: 0,
          cancelled: 1,
          audioSeconds: 8,
          waitMs: 1500,
          realTimeFactor: expect.closeTo(0.1, 9) as number,
        },
        { at: step(30), done: 0, failed: 1, cancelled: 0, audioSeconds: 0 },
      ]);
    });

    it('names what is older than it may become, oldest first', async () => {
      const [b, a, c] = [await said('b', 2), await said('a', 1), await said('c', 3)];
      const cancelled = await add({ ...newJob(), createdAt: at(0) });
      await storage.jobs.cancel(cancelled, at(2.5));
      await add({ ...newJob(), createdAt: at(0) });
      expect(await archive.finishedBefore(at(3), 9)).toEqual([a, b, cancelled]);
      expect(await archive.finishedBefore(at(3), 2)).toEqual([a, b]);
      expect(await archive.finishedBefore(at(4), 9)).toEqual([a, b, cancelled, c]);
    });

    it('knows which uploads are still going to be read', async () => {
      const job = newJob();
      const source = { kind: 'upload' as const, uploadId: 'upload-1', sha256: 'f'.repeat(64), bytes: 7 };
      const id = await add({ ...job, note: { ...job.note, source } });
      expect(await archive.needsUpload('upload-1')).toBe(true);
      expect(await archive.needsUpload('upload-2')).toBe(false);
      await storage.jobs.claim(id, { owner: id, until: at(60) }, new Date());
      expect(await archive.needsUpload('upload-1')).toBe(true);
      await storage.jobs.finish(id, id, spoken(), new Date());
      expect(await archive.needsUpload('upload-1')).toBe(false);
    });

    it('names all jobs that somebody spoke or asked for', async () => {
      const own = await add(chatJob({ user: 'ann' }));
      const asked = chatJob({ user: 'ann' });
      const about = await add({ ...asked, note: { ...asked.note, requester: { id: 'bob' } } });
      await add(newJob({ user: 'ann' }));
      await add(chatJob({ user: 'bob' }));
      expect((await archive.ofUser('discord', 'ann')).sort()).toEqual([own, about].sort());
      expect(await archive.ofUser('slack', 'ann')).toEqual([]);
    });
  });
}
