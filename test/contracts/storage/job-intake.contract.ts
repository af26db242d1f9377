import { randomUUID } from 'node:crypto';
import { NewJob } from '../../../src/core/job-store';
import { ReplyAddress, VoiceNote } from '../../../src/core/voice-note';
import { chatJob, jobIn, spoken } from '../../support/job-stages';
import { chatMessage, newJob } from '../../support/new-job';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

const EXPIRES = new Date('2030-01-02T03:04:05.678Z');

function command(message: string, id = `interaction-${randomUUID()}`): ReplyAddress {
  const interaction = { id, token: `token-of-${id}`, expiresAt: EXPIRES, ephemeral: false };
  return { platform: 'discord', workspace: 'guild', channel: 'channel', message, interaction };
}

function noting(job: NewJob, note: Partial<VoiceNote>): NewJob {
  return { ...job, note: { ...job.note, ...note } };
}

/** How jobs come in: whole, once, and into the answer of their message. */
export function describeJobIntake(under: StorageUnderTest): void {
  describe('job intake', () => {
    let storage: TestStorage;
    beforeAll(async () => void (storage = await under.open()));
    afterAll(() => storage.close());

    it('keeps everything of a note', async () => {
      const replyTo = { ...command('m-whole'), thread: 'thread', locale: 'de' };
      const createdAt = new Date('2026-05-06T07:08:09.123Z');
      const note: VoiceNote = {
        platform: 'discord',
        author: { id: 'author', name: "O'Hara \u{1F600}" },
        requester: { id: 'requester' },
        trigger: 'request',
        source: {
          kind: 'attachment',
          platform: 'discord',
          ids: { a: '1' },
          name: 'n.ogg',
          bytes: 9,
          seconds: 3.5,
        },
        options: { language: 'de', translate: true, prompt: 'Köln', model: 'tiny' },
        replyTo,
        private: true,
        position: 2,
        fresh: true,
      };
      const { job, created } = await storage.jobs.add({
        note,
        contentKey: 'content',
        sequenceKey: 'sequence',
        priority: 7,
        createdAt,
      });
      expect(created).toBe(true);
      const { replyTo: _, ...kept } = note;
      expect(job).toEqual({
        ...kept,
        confidential: true,
        lengthy: false,
        reused: false,
        crashes: 0,
        losses: 0,
        id: expect.any(String),
        answerId: expect.any(String),
        replyTo,
        status: 'queued',
        progress: 0,
        priority: 7,
        contentKey: 'content',
        media: { name: 'n.ogg', bytes: 9, seconds: 3.5 },
        attempts: 0,
        timings: {},
        createdAt,
      });
      expect(await storage.jobs.find(job.id)).toEqual(job);
    });

    it('knows no job by an id that is none', async () => {
      for (const id of ['', 'x', randomUUID(), "' or 1=1 --", '\0']) {
        expect(await storage.jobs.find(id)).toBeUndefined();
        expect(await storage.jobs.erase(id)).toBeUndefined();
      }
    });

    it('gives the job that has the key already, and makes no answer for the second', async () => {
      const dedupeKey = randomUUID();
      const first = await storage.jobs.add({ ...chatJob(), dedupeKey });
      const second = await storage.jobs.add({
        ...newJob({ replyTo: { platform: 'discord', channel: 'other', message: 'm-second' } }),
        dedupeKey,
      });
      expect(second).toEqual({ job: first.job, created: false });
      expect(await storage.jobs.findDuplicate(dedupeKey)).toEqual(first.job);
      expect(await storage.jobs.findDuplicate(randomUUID())).toBeUndefined();
      expect(await storage.answers.ofMessage('discord', 'other', 'm-second')).toEqual([]);
    });

    it('does not take in again what came by itself and was erased, but what is asked for on purpose', async () => {
      const erasedOnce = async (trigger: VoiceNote['trigger']): Promise<() => Promise<boolean>> => {
        const asked = { ...noting(chatJob(), { trigger }), dedupeKey: randomUUID() };
        const { job } = await storage.jobs.add(asked);
        await storage.jobs.erase(job.id);
        return async () => (await storage.jobs.add(asked)).created;
      };
      const again = await erasedOnce('automatic');
      await expect(again()).rejects.toMatchObject({ code: 'note_erased', retryable: false });
      expect(await (await erasedOnce('request'))()).toBe(true);
      await storage.archive.forgetUsage(new Date());
      expect(await again()).toBe(true);
    });

    it('makes one job of asks that arrive at the same moment over several connections', async () => {
      const others = [await under.openAgain(storage), await under.openAgain(storage)];
      const dedupeKey = randomUUID();
      const replyTo = chatMessage('race');
      const asks = [storage, ...others, storage, ...others].map(({ jobs }) =>
        jobs.add({ ...newJob({ replyTo }), dedupeKey }),
      );
      const intakes = await Promise.all(asks);
      expect(intakes.filter(({ created }) => created)).toHaveLength(1);
      expect(new Set(intakes.map(({ job }) => job.id)).size).toBe(1);
      await Promise.all(others.map((other) => other.close()));
    });

    it('gives one answer to the notes of one message, however they race', async () => {
      const other = await under.openAgain(storage);
      const replyTo = chatMessage('together');
      const notes = [3, 1, 2, 0].map((position) => noting(newJob({ replyTo }), { position }));
      const added = await Promise.all(notes.map((note, at) => (at % 2 ? other : storage).jobs.add(note)));
      const [answerId, ...more] = [...new Set(added.map(({ job }) => job.answerId))];
      expect(more).toEqual([]);
      const answer = await storage.answers.find(answerId ?? '');
      expect(answer?.parts.map(({ job }) => job.position)).toEqual([0, 1, 2, 3]);
      expect(await storage.archive.ofAnswer(answerId ?? '')).toHaveLength(4);
      await other.close();
    });

    it('answers each command on a message by itself', async () => {
      const asks = [command('m-cmd'), command('m-cmd'), { ...command('m-cmd'), interaction: undefined }];
      const jobs = await Promise.all(
        asks.map(async (replyTo) => (await storage.jobs.add(newJob({ replyTo }))).job),
      );
      expect(new Set(jobs.map(({ answerId }) => answerId)).size).toBe(3);
      expect(await storage.answers.ofMessage('discord', 'channel', 'm-cmd')).toHaveLength(3);
      expect(jobs[0]?.replyTo?.interaction?.expiresAt).toEqual(EXPIRES);
    });

    it('shows the newer job in the place of the one it replaces', async () => {
      const old = await jobIn(storage, 'done', true);
      const replyTo = (await storage.jobs.find(old.id))?.replyTo;
      const again = await storage.jobs.add(noting(newJob({ replyTo }), { replaces: old.id, fresh: true }));
      expect(again.job.answerId).toBe(old.answerId);
      const answer = await storage.answers.find(old.answerId ?? '');
      expect(answer?.parts.map(({ job }) => job.id)).toEqual([again.job.id]);
      expect(await storage.archive.ofAnswer(old.answerId ?? '')).toEqual([old.id, again.job.id]);
    });

    it('joins the answer of the replaced job after its interaction was dropped', async () => {
      const { job } = await storage.jobs.add(newJob({ replyTo: command('m-again') }));
      const { interaction: _, ...address } = command('m-again');
      await storage.answers.saveAddress(job.answerId ?? '', address);
      const again = await storage.jobs.add(noting(newJob({ replyTo: address }), { replaces: job.id }));
      expect(again.job.answerId).toBe(job.answerId);
    });

    it('finds the latest done job of the same content', async () => {
      const contentKey = randomUUID();
      const done: string[] = [];
      for (const minute of [2, 3, 1]) {
        const { job } = await storage.jobs.add({ ...newJob(), contentKey });
        const at = new Date(Date.UTC(2026, 0, 1, 0, minute));
        await storage.jobs.claim(job.id, { owner: job.id, until: at }, at);
        await storage.jobs.finish(job.id, job.id, spoken(), at);
        done.push(job.id);
      }
      await storage.jobs.add({ ...newJob(), contentKey });
      const ada = { platform: 'api', requesterId: 'ada' };
      expect((await storage.jobs.findDone(contentKey, ada))?.id).toBe(done[1]);
      expect((await storage.jobs.findDone(contentKey, ada))?.text).toBe(spoken().transcript.text);
      expect(await storage.jobs.findDone(randomUUID(), ada)).toBeUndefined();
    });

    it('is still there after the database was closed and opened again', async () => {
      const { job } = await storage.jobs.add(chatJob({ user: 'survivor' }));
      const again = await under.openAgain(storage);
      expect(await again.jobs.find(job.id)).toEqual(job);
      await again.close();
    });
  });
}
