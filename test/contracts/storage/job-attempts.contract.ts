import { chatJob, jobIn, lease, spoken } from '../../support/job-stages';
import { newJob } from '../../support/new-job';
import { NO_LIMITS } from './fair-order.contract';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 1, 3, 4, 5, seconds, 67));
const segment = (text: string): { start: number; end: number; text: string; confidence: number } => ({
  start: 0,
  end: 1,
  text,
  confidence: 0.5,
});

/** What attempts write, and that only the one that holds the job can. */
export function describeJobAttempts(under: StorageUnderTest): void {
  describe('job attempts', () => {
    let storage: TestStorage;
    beforeAll(async () => void (storage = await under.open()));
    afterAll(() => storage.close());

    it('gives a job to one of many that claim it at the same moment', async () => {
      const others = [await under.openAgain(storage), await under.openAgain(storage)];
      for (let round = 0; round < 10; round++) {
        const { job } = await storage.jobs.add(chatJob());
        const claims = await Promise.all(
          [storage, ...others, storage].map(({ jobs }) => jobs.claim(job.id, lease(), new Date())),
        );
        const won = claims.filter((claim) => claim !== undefined);
        expect(won).toHaveLength(1);
        expect(won[0]).toMatchObject({ id: job.id, status: 'running', attempts: 1 });
      }
      await Promise.all(others.map((other) => other.close()));
    });

    it('remembers the first start, and counts attempts', async () => {
      const { job } = await storage.jobs.add({ ...newJob(), createdAt: at(0) });
      const first = await storage.jobs.claim(job.id, lease(at(1), 'first'), at(1));
      expect(first).toMatchObject({ startedAt: at(1), attempts: 1 });
      const error = { code: 'engine_failed', message: 'No.', params: { tries: 1 } } as const;
      expect(await storage.jobs.handBack(job.id, 'first', { availableAt: at(9), error })).toBe(true);
      expect(await storage.jobs.find(job.id)).toMatchObject({ status: 'queued', attempts: 1, error });
      expect(await storage.jobs.claim(job.id, lease(at(8)), at(8))).toBeUndefined();
      const second = await storage.jobs.claim(job.id, lease(at(9), 'second'), at(9));
      expect(second).toMatchObject({ startedAt: at(1), attempts: 2 });
      await storage.jobs.handBack(job.id, 'second', { availableAt: at(9), uncounted: true });
      expect(await storage.jobs.find(job.id)).toMatchObject({ status: 'queued', attempts: 1, error });
    });

    it('keeps an attempt that lost its lease from writing', async () => {
      const { id, owner } = await jobIn(storage, 'running', false);
      const late = new Date(Date.now() + 3_600_000);
      expect(await storage.jobs.takeBack(await storage.jobs.leases(), late)).toContain(id);
      expect(await storage.jobs.claim(id, lease(late, 'next'), late)).toMatchObject({ attempts: 2 });
      const piece = { index: 0, segments: [segment('stale')], progress: 0.9, media: {} };
      expect(await storage.jobs.savePiece(id, owner, piece)).toBe(false);
      expect(await storage.jobs.renewLease(id, lease(late, owner))).toBe(false);
      expect(await storage.jobs.finish(id, owner, spoken('stale'), late)).toBeUndefined();
      expect(await storage.jobs.segments(id)).toEqual([]);
      expect(await storage.jobs.finish(id, 'next', spoken('fresh'), late)).toMatchObject({ text: 'fresh' });
    });

    it('takes back what is named and nothing else, and counts what was lost and what has crashed', async () => {
      const own = await under.open();
      const mine = await jobIn(own, 'queued', false);
      const other = await jobIn(own, 'queued', false);
      const now = new Date();
      await own.jobs.claim(mine.id, lease(now, 'a:1'), now);
      await own.jobs.claim(other.id, lease(now, 'b:1'), now);
      const held = await own.jobs.leases();
      expect(held.map(({ id, owner }) => [id, owner])).toEqual([
        [mine.id, 'a:1'],
        [other.id, 'b:1'],
      ]);
      expect(await own.jobs.takeBack(held.slice(0, 1), now)).toEqual([mine.id]);
      expect(await own.jobs.find(mine.id)).toMatchObject({ status: 'queued', attempts: 1, losses: 1 });
      expect((await own.jobs.find(other.id))?.status).toBe('running');
      await own.jobs.handBack(other.id, 'b:1', { availableAt: now, crashed: true });
      expect(await own.jobs.find(other.id)).toMatchObject({ losses: 0, crashes: 1 });
      await own.jobs.fail(mine.id, { code: 'engine_crashed', message: 'No.' }, now);
      expect(await own.jobs.retry(mine.id, now)).toMatchObject({ attempts: 0, losses: 0, crashes: 0 });
      await own.close();
    });

    it('keeps pieces in order, writes one again in its place, and forgets them with the next attempt', async () => {
      const { id, owner } = await jobIn(storage, 'running', true);
      const save = (index: number, text: string): Promise<boolean> =>
        storage.jobs.savePiece(id, owner, {
          index,
          segments: [segment(text)],
          progress: (index + 1) / 4,
          media: { format: 'wav', seconds: index + 1 },
        });
      for (const [index, text] of ['one', 'too', 'three'].entries())
        expect(await save(index, text)).toBe(true);
      expect(await save(1, 'two')).toBe(true);
      expect((await storage.jobs.segments(id)).map(({ text }) => text)).toEqual(['one', 'two', 'three']);
      expect(await storage.jobs.find(id)).toMatchObject({
        progress: 0.5,
        media: { format: 'wav', seconds: 2 },
      });
      expect(await storage.jobs.transcript(id)).toBeUndefined();
      await storage.jobs.handBack(id, owner, { availableAt: new Date() });
      await storage.jobs.claim(id, lease(), new Date());
      expect(await storage.jobs.segments(id)).toEqual([]);
      expect((await storage.jobs.find(id))?.progress).toBe(0);
    });

    it('stores the transcript with the end of the job', async () => {
      const { id, owner } = await jobIn(storage, 'running', false);
      await storage.jobs.savePiece(id, owner, {
        index: 0,
        segments: [segment('part')],
        progress: 0.5,
        media: {},
      });
      const result = spoken('Ein Satz.', 2.5);
      const now = new Date();
      const job = await storage.jobs.finish(id, owner, result, now);
      expect(job).toMatchObject({
        status: 'done',
        outcome: 'speech',
        text: 'Ein Satz.',
        language: 'de',
        progress: 1,
        media: result.media,
        timings: result.timings,
        finishedAt: now,
      });
      expect(job).toEqual(await storage.jobs.find(id));
      expect(await storage.jobs.transcript(id)).toEqual(result.transcript);
      expect(await storage.jobs.segments(id)).toEqual(result.transcript.segments);
    });

    it('ends a job without a word as one with an empty text', async () => {
      const { id, owner } = await jobIn(storage, 'running', false);
      const transcript = { text: '', languageDetected: false, segments: [], seconds: 3 };
      const result = { outcome: 'no_speech' as const, transcript, media: { seconds: 3 }, timings: {} };
      const job = await storage.jobs.finish(id, owner, result, new Date());
      expect(job).toMatchObject({ outcome: 'no_speech', text: '' });
      expect(job).not.toHaveProperty('language');
      expect(await storage.jobs.transcript(id)).toEqual(transcript);
    });

    it('begins a retried job from nothing', async () => {
      const { id } = await jobIn(storage, 'delivering', true);
      await storage.jobs.fail(id, { code: 'channel_gone', message: 'Gone.' }, new Date());
      const job = await storage.jobs.retry(id, new Date());
      expect(job).toMatchObject({ status: 'queued', attempts: 0, progress: 0, timings: {} });
      for (const field of ['text', 'error', 'outcome', 'language', 'startedAt', 'finishedAt'])
        expect(job).not.toHaveProperty(field);
      expect(await storage.jobs.find(id)).toEqual(job);
      expect(await storage.jobs.transcript(id)).toBeUndefined();
      expect((await storage.archive.list({ limit: 5, text: 'kettle' })).jobs).not.toContainEqual(
        expect.objectContaining({ id }),
      );
    });

    it('says when the next thing falls due by time', async () => {
      const own = await under.open();
      const now = at(0);
      expect(await own.jobs.nextDueAt(now)).toBeUndefined();
      const [waits, runs] = [(await own.jobs.add(newJob())).job.id, (await own.jobs.add(newJob())).job.id];
      expect(await own.jobs.nextDueAt(now)).toBeUndefined();
      await own.jobs.claim(waits, { owner: 'a', until: at(50) }, now);
      await own.jobs.claim(runs, { owner: 'b', until: at(40) }, now);
      await own.jobs.handBack(waits, 'a', { availableAt: at(20) });
      expect(await own.jobs.nextDueAt(now)).toEqual(at(20));
      expect(await own.jobs.nextDueAt(at(20))).toBeUndefined();
      await own.jobs.handBack(runs, 'b', { availableAt: at(30) });
      expect(await own.jobs.nextDueAt(at(20))).toEqual(at(30));
      await own.jobs.cancel(waits, now);
      expect(await own.jobs.nextDueAt(now)).toEqual(at(30));
      await own.close();
    });

    it('does not wait for a time that a clock, since set back, has set', async () => {
      const own = await under.open();
      const { job } = await own.jobs.add(newJob());
      await own.jobs.claim(job.id, { owner: 'a', until: at(50) }, at(0));
      await own.jobs.handBack(job.id, 'a', { availableAt: at(60) });
      const setBack = new Date(at(0).getTime() - 2 * 3_600_000);
      expect(await own.jobs.nextDueAt(setBack)).toBeUndefined();
      expect(await own.jobs.ready(1, setBack, NO_LIMITS, [])).toEqual([job.id]);
      expect(await own.jobs.claim(job.id, lease(setBack), setBack)).toMatchObject({ id: job.id });
      await own.close();
    });
  });
}
