import { DRAFT_PATIENCE_MS } from '../../../src/core/fair-share';
import { JobStore } from '../../../src/core/job-store';
import { TranscriptionJob } from '../../../src/core/job';
import { lease, spoken } from '../../support/job-stages';
import { NewJobOptions, chatMessage, newJob } from '../../support/new-job';
import { TestStorage } from '../../support/storage';
import { NO_LIMITS } from './fair-order.contract';
import { StorageUnderTest } from './storage-under-test';

const { transcript, media } = spoken('What a small model heard.');
const DRAFT = { transcript, media };

/** Jobs of which there is a draft: they wait behind all others, and are never done with it. */
export function describeDrafts(under: StorageUnderTest): void {
  describe('drafts', () => {
    let storage: TestStorage;
    let jobs: JobStore;
    beforeEach(async () => {
      storage = await under.open();
      jobs = storage.jobs;
    });
    afterEach(() => storage.close());

    const add = async (options: NewJobOptions = {}): Promise<string> =>
      (await jobs.add(newJob({ replyTo: chatMessage('general'), ...options }))).job.id;
    const ready = (): Promise<string[]> => jobs.ready(9, new Date(), NO_LIMITS, []);
    const claim = async (id: string): Promise<string | undefined> => {
      const held = lease();
      return (await jobs.claim(id, held, new Date())) && held.owner;
    };
    const drafted = async (options: NewJobOptions = {}): Promise<string> => {
      const id = await add(options);
      const owner = (await claim(id)) ?? '';
      expect(await jobs.saveDraft(id, owner, DRAFT, new Date())).toMatchObject({ id, status: 'queued' });
      return id;
    };
    const found = async (id: string): Promise<TranscriptionJob> => (await jobs.find(id))!;

    it('are stored with the job, which is no more done than before', async () => {
      const id = await drafted();
      const { draft, status, attempts, text, timings } = await found(id);
      expect({ draft, status, attempts, text }).toEqual({ draft: DRAFT, status: 'queued', attempts: 0 });
      expect(timings.draft).toBeGreaterThanOrEqual(0);
      expect(await jobs.segments(id)).toEqual([]);
    });

    it('go when the job ends, however it ends, and do not come back', async () => {
      const [done, failed, cancelled] = [await drafted(), await drafted(), await drafted()];
      const owner = (await claim(done)) ?? '';
      expect((await found(done)).draft).toEqual(DRAFT);
      await jobs.finish(done, owner, spoken('What was said.'), new Date());
      await jobs.fail(failed, { code: 'media_gone', message: 'Gone.' }, new Date());
      await jobs.cancel(cancelled, new Date());
      for (const id of [done, failed, cancelled]) expect((await found(id)).draft).toBeUndefined();
      await jobs.retry(failed, new Date());
      expect((await found(failed)).draft).toBeUndefined();
      expect(await ready()).toEqual([failed]);
      expect(await claim(failed)).toBeDefined();
    });

    it('are only for whoever holds the job', async () => {
      const id = await add();
      const owner = (await claim(id)) ?? '';
      expect(await jobs.saveDraft(id, 'another', DRAFT, new Date())).toBeUndefined();
      await jobs.cancel(id, new Date());
      expect(await jobs.saveDraft(id, owner, DRAFT, new Date())).toBeUndefined();
      expect((await found(id)).draft).toBeUndefined();
    });

    it('are improved only while no note waits or is read', async () => {
      const first = await drafted({ user: 'ann' });
      expect(await ready()).toEqual([first]);
      const note = await add({ user: 'ben' });
      expect(await ready()).toEqual([note]);
      // It had been handed out before the note came.
      expect(await claim(first)).toBeUndefined();
      const owner = (await claim(note)) ?? '';
      expect(await ready()).toEqual([]);
      await jobs.finish(note, owner, spoken(), new Date());
      expect(await ready()).toEqual([first]);
      expect(await claim(first)).toBeDefined();
    });

    it('are improved beside lengthy work, however much of that waits or is read', async () => {
      const id = await drafted({ user: 'ann' });
      const [read] = [await add({ user: 'ben', seconds: 3_600 }), await add({ user: 'cem', seconds: 3_600 })];
      await claim(read);
      expect(await ready()).toContain(id);
      expect(await claim(id)).toBeDefined();
    });

    it('take their turn with notes once they have given way for long enough', async () => {
      const sequenceKey = 'ann in general';
      const first = await drafted({ user: 'ann', sequenceKey });
      const behind = await add({ user: 'ann', sequenceKey });
      const note = await add({ user: 'ben' });
      await claim(await add({ user: 'cem' }));
      const later = new Date(Date.now() + DRAFT_PATIENCE_MS);
      expect(await ready()).not.toContain(first);
      const all = await jobs.ready(9, later, NO_LIMITS, []);
      expect(new Set(all)).toEqual(new Set([first, behind, note]));
      expect(await claim(first)).toBeDefined();
      expect(await found(first)).toMatchObject({ priority: 0, draft: DRAFT });
      // Nobody waits for them even so.
      expect(await ready()).toContain(behind);
    });

    it('count towards quotas as what was listened to, whatever becomes of them', async () => {
      const id = await drafted({ user: 'ann', seconds: 1 });
      const scope = { platform: 'discord', user: 'ann' };
      const seconds = async (): Promise<number[]> =>
        (await jobs.usage(scope, new Date(0))).map((use) => use.seconds);
      expect(await seconds()).toEqual([DRAFT.media.seconds]);
      await jobs.erase(id);
      expect(await seconds()).toEqual([DRAFT.media.seconds]);
    });

    it('are kept no longer than what has ended', async () => {
      const id = await drafted();
      await add();
      const { createdAt } = await found(id);
      const after = new Date(createdAt.getTime() + 1);
      expect(await storage.archive.finishedBefore(createdAt, 9)).toEqual([]);
      expect(await storage.archive.finishedBefore(after, 9)).toEqual([id]);
      await claim(id);
      expect(await storage.archive.finishedBefore(after, 9)).toEqual([id]);
    });

    it('let the next one of their sequence through', async () => {
      const sequenceKey = 'ann in general';
      const id = await add({ user: 'ann', sequenceKey });
      const next = await add({ user: 'ann', sequenceKey });
      const owner = (await claim(id)) ?? '';
      expect(await ready()).toEqual([]);
      await jobs.saveDraft(id, owner, DRAFT, new Date());
      expect(await ready()).toEqual([next]);
    });

    it('outlive whoever improves them', async () => {
      const id = await drafted();
      await claim(id);
      await jobs.takeBack(await jobs.leases(), new Date());
      expect(await found(id)).toMatchObject({ status: 'queued', draft: DRAFT });
      expect(await ready()).toEqual([id]);
    });
  });
}
