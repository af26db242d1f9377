import { randomUUID } from 'node:crypto';
import { Reader } from '../../../src/core/job-store';
import { TranscriptionJob } from '../../../src/core/job';
import { VoiceNote } from '../../../src/core/voice-note';
import { spoken } from '../../support/job-stages';
import { newJob } from '../../support/new-job';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

const AT = new Date(Date.UTC(2026, 0, 1));
const ADA = { platform: 'discord', requesterId: 'ada' };
const BEN = { platform: 'discord', requesterId: 'ben' };

/** Which earlier results are found again, and by whom. */
export function describeKeptResults(under: StorageUnderTest): void {
  describe('kept results', () => {
    let storage: TestStorage;
    let key: string;
    beforeAll(async () => void (storage = await under.open()));
    afterAll(() => storage.close());
    beforeEach(() => void (key = randomUUID()));

    /** A job of Ada's that was heard, in a workspace. */
    async function heard(
      options: { place?: string; at?: Date; key?: string; note?: Partial<VoiceNote> } = {},
    ): Promise<TranscriptionJob> {
      const { place, at = AT } = options;
      const replyTo = { platform: 'discord', workspace: 'guild', channel: 'c', message: randomUUID() };
      const made = newJob({ user: 'ada', replyTo });
      const { job } = await storage.jobs.add({
        ...made,
        contentKey: key,
        note: { ...made.note, ...options.note },
      });
      await storage.jobs.claim(job.id, { owner: job.id, until: at }, at);
      const result = { ...spoken(), keptAs: { key: options.key ?? key, place } };
      const done = await storage.jobs.finish(job.id, job.id, result, at);
      if (!done) throw new Error('not finished');
      return done;
    }
    const found = async (reader: Reader, since = AT): Promise<string | undefined> =>
      (await storage.jobs.findKept(key, reader, since))?.id;

    it('are found by their key, the latest first, before they are delivered', async () => {
      await heard();
      const { id, status } = await heard({ at: new Date(AT.getTime() + 1) });
      await heard({ key: randomUUID() });
      expect(status).toBe('delivering');
      expect(await found(ADA)).toBe(id);
      expect(await found(ADA, new Date(AT.getTime() + 1))).toBe(id);
      expect(await found(ADA, new Date(AT.getTime() + 2))).toBeUndefined();
    });

    it('are shared within the place that they were kept for', async () => {
      const { id } = await heard({ place: 'guild' });
      expect(await found({ ...BEN, workspace: 'guild' })).toBe(id);
      expect(await found({ ...BEN, workspace: 'other' })).toBeUndefined();
      expect(await found(BEN)).toBeUndefined();
      expect(await found({ ...BEN, workspace: '' })).toBeUndefined();
      expect(await found({ ...BEN, platform: 'slack', workspace: 'guild' })).toBeUndefined();
    });

    it('are only their requester’s without a place, wherever they ask', async () => {
      const { id } = await heard();
      expect(await found({ ...BEN, workspace: 'guild' })).toBeUndefined();
      expect(await found({ ...ADA, workspace: 'other' })).toBe(id);
      expect(await found({ ...ADA, platform: 'api' })).toBeUndefined();
    });

    it('are gone when they are erased', async () => {
      const { id } = await heard({ place: 'guild' });
      await storage.jobs.erase(id);
      expect(await found(ADA)).toBeUndefined();
    });

    it('are not those of copies, which say what they are', async () => {
      const { job } = await storage.jobs.add(newJob({ user: 'ada' }));
      await storage.jobs.claim(job.id, { owner: job.id, until: AT }, AT);
      const copy = await storage.jobs.finish(job.id, job.id, { ...spoken(), reused: true }, AT);
      expect(copy?.reused).toBe(true);
      expect((await heard()).reused).toBe(false);
    });

    it('of the same content are seen by who may', async () => {
      const open = await heard();
      const secret = await heard({ note: { private: true } });
      for (const [second, job] of [open, secret].entries()) await deliver(job, second);
      const seen = async (reader: Reader) => (await storage.jobs.findDone(key, reader))?.id;
      expect(await seen({ ...BEN, workspace: 'guild' })).toBe(open.id);
      expect(await seen({ ...BEN, workspace: 'other' })).toBeUndefined();
      expect(await seen(BEN)).toBeUndefined();
      expect(await seen(ADA)).toBe(secret.id);
    });

    async function deliver({ id: jobId, answerId = '' }: TranscriptionJob, second: number): Promise<void> {
      const now = new Date(AT.getTime() + 1_000 * second);
      const claimed = await storage.answers.claim(answerId, { owner: jobId, until: now }, now);
      if (!claimed) throw new Error('The answer was not due.');
      const delivered = { revision: claimed.revision, reply: { posted: 1 }, milliseconds: 7 };
      await storage.answers.finish(answerId, jobId, delivered, now);
    }
  });
}
