import { randomUUID } from 'node:crypto';
import { AnswerStore } from '../../../src/core/answer-store';
import { ReplyAddress } from '../../../src/core/voice-note';
import { chatJob, jobIn, lease, spoken } from '../../support/job-stages';
import { newJob } from '../../support/new-job';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 1, 3, 4, 5, seconds, 67));
const REPLY = { ids: ['1', '2'] };
const ERROR = { code: 'channel_gone', message: 'The channel is gone.' } as const;

/** What of an answer is to be delivered, to whom it is given, and what comes of it. */
export function describeAnswerStore(under: StorageUnderTest): void {
  describe('answers', () => {
    let storage: TestStorage;
    let answers: AnswerStore;
    beforeEach(async () => {
      storage = await under.open();
      answers = storage.answers;
    });
    afterEach(() => storage.close());

    /** An answer of so many jobs, all running. */
    const asked = async (count: number, replyTo = channel('c')): Promise<{ id: string; jobs: string[] }> => {
      const jobs: string[] = [];
      let id = '';
      for (let position = 0; position < count; position++) {
        const job = newJob({ replyTo });
        const { job: added } = await storage.jobs.add({
          ...job,
          note: { ...job.note, position },
          createdAt: at(0),
        });
        await storage.jobs.claim(added.id, { owner: added.id, until: at(59) }, at(1));
        jobs.push(added.id);
        id = added.answerId ?? '';
      }
      return { id, jobs };
    };
    const channel = (name: string): ReplyAddress => ({
      platform: 'discord',
      channel: name,
      message: randomUUID(),
    });
    const end = async (id: string, seconds = 2): Promise<void> =>
      void (await storage.jobs.finish(id, id, spoken(), at(seconds)));
    const claim = (id: string, owner: string, seconds = 10): ReturnType<AnswerStore['claim']> =>
      answers.claim(id, { owner, until: at(seconds + 30) }, at(seconds));
    const finish = (id: string, owner: string, revision: number, seconds = 11): Promise<string[]> =>
      answers.finish(id, owner, { revision, reply: REPLY, milliseconds: 8 }, at(seconds));
    const status = async (id: string): Promise<string | undefined> => (await storage.jobs.find(id))?.status;

    it('are due when a job has ended, and not before', async () => {
      const { id, jobs } = await asked(1);
      expect(await answers.ready(9, at(9), [])).toEqual([]);
      expect(await claim(id, 'd')).toBeUndefined();
      await end(jobs[0] ?? '');
      expect(await answers.ready(9, at(9), [])).toEqual([id]);
      const claimed = await claim(id, 'd');
      expect(claimed).toMatchObject({
        attempts: 1,
        answer: { id, parts: [{ job: { status: 'delivering' } }] },
      });
      expect(claimed?.answer.parts[0]?.transcript).toEqual(spoken().transcript);
      expect(await answers.ready(9, at(11), [])).toEqual([]);
      expect(await finish(id, 'd', claimed?.revision ?? 0)).toEqual(jobs);
      expect(await storage.jobs.find(jobs[0] ?? '')).toMatchObject({
        status: 'done',
        finishedAt: at(11),
        timings: { ...spoken().timings, deliver: 8, total: 11_000 },
      });
      expect(await answers.ready(9, at(12), [])).toEqual([]);
      expect((await answers.find(id))?.reply).toEqual(REPLY);
    });

    it.each(['fail', 'cancel'] as const)('are due after %s, too', async (how) => {
      const { id, jobs } = await asked(1);
      if (how === 'fail') await storage.jobs.fail(jobs[0] ?? '', ERROR, at(2));
      else await storage.jobs.cancel(jobs[0] ?? '', at(2));
      const claimed = await claim(id, 'd');
      expect(claimed?.answer.parts[0]?.job.status).toBe(how === 'fail' ? 'failed' : 'cancelled');
      expect(await finish(id, 'd', claimed?.revision ?? 0)).toEqual([]);
      expect(await answers.ready(9, at(12), [])).toEqual([]);
    });

    it('stay due for what ended while they were being delivered', async () => {
      const { id, jobs } = await asked(2);
      const [first = '', second = ''] = jobs;
      await end(first);
      const claimed = await claim(id, 'd1');
      await end(second, 11);
      expect(await finish(id, 'd1', claimed?.revision ?? 0, 12)).toEqual([first]);
      expect([await status(first), await status(second)]).toEqual(['done', 'delivering']);
      expect(await answers.ready(9, at(13), [])).toEqual([id]);
      const again = await claim(id, 'd2', 14);
      expect(again).toMatchObject({ attempts: 1 });
      expect(again?.revision).toBeGreaterThan(claimed?.revision ?? 0);
      expect(await finish(id, 'd2', again?.revision ?? 0, 15)).toEqual([second]);
      expect(await answers.ready(9, at(16), [])).toEqual([]);
    });

    it('show what has been heard of notes that are still being read', async () => {
      const { id, jobs } = await asked(2);
      const [first = '', second = ''] = jobs;
      await end(first);
      const segments = [{ start: 0, end: 2, text: ' So far', confidence: 1, language: 'en' }];
      await storage.jobs.savePiece(second, second, {
        index: 0,
        segments,
        progress: 0.5,
        media: { seconds: 2 },
      });
      const parts = (await answers.find(id))?.parts ?? [];
      expect(parts.map(({ transcript }) => transcript?.text)).toEqual([spoken().transcript.text, 'So far']);
      expect(parts[1]?.transcript).toEqual({
        text: 'So far',
        language: 'en',
        languageDetected: true,
        segments,
        seconds: 2,
      });
    });

    it('go to one of many that claim them at the same moment', async () => {
      const other = await under.openAgain(storage);
      const { id, jobs } = await asked(1);
      await end(jobs[0] ?? '');
      const claims = await Promise.all(
        ['a', 'b', 'c', 'd'].map((owner, index) =>
          (index % 2 ? other.answers : answers).claim(id, { owner, until: at(40) }, at(10)),
        ),
      );
      expect(claims.filter((one) => one !== undefined)).toHaveLength(1);
      await other.close();
    });

    it('count attempts for each state anew, and take back those that were interrupted', async () => {
      const { id, jobs } = await asked(2);
      await end(jobs[0] ?? '');
      expect(await claim(id, 'd1')).toMatchObject({ attempts: 1 });
      expect(await answers.handBack(id, 'd1', { availableAt: at(20) })).toBe(true);
      expect(await answers.ready(9, at(19), [])).toEqual([]);
      expect(await claim(id, 'early', 19)).toBeUndefined();
      expect(await answers.nextDueAt(at(12))).toEqual(at(20));
      expect(await claim(id, 'd2', 20)).toMatchObject({ attempts: 2 });
      expect(await answers.handBack(id, 'd2', { availableAt: at(21), uncounted: true })).toBe(true);
      expect(await claim(id, 'd3', 21)).toMatchObject({ attempts: 2 });
      await end(jobs[1] ?? '', 22);
      expect(await answers.handBack(id, 'd3', { availableAt: at(22), uncounted: true })).toBe(true);
      expect(await claim(id, 'd4', 23)).toMatchObject({ attempts: 1 });
    });

    it('are written by the holder of the lease only', async () => {
      const { id, jobs } = await asked(1);
      expect(await answers.saveReply(id, { listening: 1 })).toBe(true);
      await end(jobs[0] ?? '');
      const claimed = await claim(id, 'd1');
      const revision = claimed?.revision ?? 0;
      expect(claimed?.answer.reply).toEqual({ listening: 1 });
      expect(await answers.saveReply(id, { edit: 2 })).toBe(false);
      expect(await answers.saveReply(id, { edit: 2 }, { owner: 'somebody' })).toBe(false);
      expect(await answers.saveReply(id, { posted: 1 }, { owner: 'd1' })).toBe(true);
      const before = await answers.leases();
      expect(await answers.renewLease(id, { owner: 'd1', until: at(45) })).toBe(true);
      expect(await answers.takeBack(before, at(44))).toEqual([]);
      const held = await answers.leases();
      expect(held).toMatchObject([{ id, owner: 'd1', until: at(45) }]);
      expect(await answers.claim(id, { owner: 'd2', until: at(90) }, at(46))).toBeUndefined();
      expect(await answers.takeBack(held, at(46))).toEqual([id]);
      for (const lost of [
        await answers.renewLease(id, { owner: 'd1', until: at(59) }),
        await answers.handBack(id, 'd1', { availableAt: at(46) }),
        (await finish(id, 'd1', revision, 46)).length > 0,
        (await answers.fail(id, 'd1', { revision, error: ERROR }, at(46))).length > 0,
      ]) {
        expect(lost).toBe(false);
      }
      expect(await claim(id, 'd2', 46)).toMatchObject({ attempts: 2, answer: { reply: { posted: 1 } } });
      expect(await answers.saveReply(randomUUID(), {})).toBe(false);
    });

    it('are kept from whoever was deposed', async () => {
      const { id, jobs } = await asked(1);
      const lead = (number: number): Promise<boolean> => storage.terms.begin(number, `p${number}`, at(1));
      expect([await lead(3), await answers.saveReply(id, { listening: 1 }, { term: 3 })]).toEqual([
        true,
        true,
      ]);
      await end(jobs[0] ?? '');
      expect(await lead(4)).toBe(true);
      expect(await answers.saveReply(id, { edit: 2 }, { term: 3 })).toBe(false);
      const old = { owner: 'd3', until: at(40), term: 3 };
      expect(await answers.claim(id, old, at(10))).toBeUndefined();
      expect(await answers.claim(id, { ...old, owner: 'd4', term: 4 }, at(10))).toMatchObject({
        attempts: 1,
        answer: { reply: { listening: 1 } },
      });
    });

    it('do not wait for a time that a clock, since set back, has set', async () => {
      const { id, jobs } = await asked(1);
      await end(jobs[0] ?? '');
      await claim(id, 'd');
      await answers.handBack(id, 'd', { availableAt: at(50) });
      const setBack = new Date(at(0).getTime() - 2 * 3_600_000);
      expect(await answers.nextDueAt(setBack)).toBeUndefined();
      expect(await answers.ready(9, setBack, [])).toEqual([id]);
      expect(await answers.claim(id, { owner: 'e', until: at(9) }, setBack)).toMatchObject({ attempts: 2 });
    });

    it('that cannot be delivered fail their jobs, whose transcripts stay', async () => {
      const { id, jobs } = await asked(2);
      const [first = '', second = ''] = jobs;
      await end(first);
      const claimed = await claim(id, 'd');
      await end(second, 11);
      const failed = { revision: claimed?.revision ?? 0, error: ERROR };
      expect(await answers.fail(id, 'd', failed, at(12))).toEqual([first]);
      expect(await storage.jobs.find(first)).toMatchObject({
        status: 'failed',
        error: ERROR,
        finishedAt: at(12),
        text: spoken().transcript.text,
      });
      expect(await storage.jobs.transcript(first)).toEqual(spoken().transcript);
      expect(await answers.ready(9, at(13), [])).toEqual([id]);
      expect(await status(second)).toBe('delivering');
    });

    it('that could not be delivered may be seen to again later', async () => {
      const { id, jobs } = await asked(1);
      await end(jobs[0] ?? '');
      const claimed = await claim(id, 'd');
      const failed = { revision: claimed?.revision ?? 0, error: ERROR, again: at(40) };
      expect(await answers.fail(id, 'd', failed, at(12))).toEqual(jobs);
      expect([await answers.ready(9, at(39), []), await answers.nextDueAt(at(39))]).toEqual([[], at(40)]);
      const again = await claim(id, 'd', 40);
      expect(again).toMatchObject({ attempts: 1, answer: { parts: [{ job: { status: 'failed' } }] } });
      expect(await finish(id, 'd', again?.revision ?? 0, 41)).toEqual([]);
      expect(await answers.ready(9, at(59), [])).toEqual([]);
      expect(await status(jobs[0] ?? '')).toBe('failed');
    });

    it('do not end a job that was cancelled or retried meanwhile', async () => {
      const { id, jobs } = await asked(2);
      const [first = '', second = ''] = jobs;
      for (const job of jobs) await end(job);
      const claimed = await claim(id, 'd');
      await storage.jobs.cancel(first, at(11));
      await storage.jobs.fail(second, ERROR, at(11));
      await storage.jobs.retry(second, at(11));
      expect(await finish(id, 'd', claimed?.revision ?? 0, 12)).toEqual([]);
      expect([await status(first), await status(second)]).toEqual(['cancelled', 'queued']);
    });

    it('are handed out longest waiting first, one of a channel at a time', async () => {
      const ids: string[] = [];
      for (const [index, name] of ['c1', 'c2', 'c1', 'c3', 'c2'].entries()) {
        const { id, jobs } = await asked(1, channel(name));
        await end(jobs[0] ?? '', 10 - index);
        ids.push(id);
      }
      const [c1late, c2late, c1, c3, c2] = ids;
      expect(await answers.ready(9, at(20), [])).toEqual([c2, c3, c1]);
      expect(await answers.ready(2, at(20), [])).toEqual([c2, c3]);
      expect(await answers.ready(9, at(20), [c2 ?? ''])).toEqual([c3, c1]);
      await claim(c1 ?? '', 'd', 20);
      expect(await answers.ready(9, at(20), [])).toEqual([c2, c3]);
      await finish(c1 ?? '', 'd', 1, 21);
      expect(await answers.ready(9, at(20), [])).toEqual([c2, c3, c1late]);
      await claim(c2 ?? '', 'd', 20);
      await answers.handBack(c2 ?? '', 'd', { availableAt: at(50) });
      expect(await answers.ready(9, at(22), [])).toEqual([c3, c2late, c1late]);
    });

    it('keep the token of an interaction as long as it is needed, and in one place', async () => {
      const interaction = { id: 'i', token: 'secret-token', expiresAt: at(55), ephemeral: true };
      const { id, jobs } = await asked(2, { ...channel('c'), interaction });
      const [first = '', second = ''] = jobs;
      await end(first);
      await finish(id, 'd1', (await claim(id, 'd1'))?.revision ?? 0);
      expect((await answers.find(id))?.address.interaction).toEqual(interaction);
      await end(second);
      await finish(id, 'd2', (await claim(id, 'd2'))?.revision ?? 0);
      expect((await answers.find(id))?.address).not.toHaveProperty('interaction');
      expect((await storage.jobs.find(first))?.replyTo).not.toHaveProperty('interaction');
    });

    it('remember a new address', async () => {
      const { id } = await asked(1);
      const address = { platform: 'discord', channel: 'dm', locale: 'de' };
      await answers.saveAddress(id, address);
      expect((await answers.find(id))?.address).toEqual(address);
    });

    it('fall due when one of their jobs is erased, and go with the last one', async () => {
      const { id, jobs } = await asked(2);
      const [first = '', second = ''] = jobs;
      for (const job of jobs) await end(job);
      await finish(id, 'd', (await claim(id, 'd'))?.revision ?? 0);
      expect((await storage.jobs.erase(first))?.id).toBe(first);
      expect(await answers.ready(9, at(12), [])).toEqual([id]);
      expect((await claim(id, 'd2', 12))?.answer.parts.map(({ job }) => job.id)).toEqual([second]);
      expect((await storage.jobs.erase(second))?.text).toBe(spoken().transcript.text);
      expect(await answers.find(id)).toBeUndefined();
      expect(await storage.jobs.erase(second)).toBeUndefined();
    });

    it('are not held up by a job that came in late', async () => {
      const done = await jobIn(storage, 'done', true);
      const replyTo = (await storage.jobs.find(done.id))?.replyTo;
      const { job } = await storage.jobs.add(chatJob({ replyTo }));
      expect(job.answerId).toBe(done.answerId);
      expect(await answers.ready(9, new Date(), [])).toEqual([]);
      const { owner, until } = lease();
      await storage.jobs.claim(job.id, { owner, until }, new Date());
      await storage.jobs.finish(job.id, owner, spoken('Late.'), new Date());
      expect(await answers.ready(9, new Date(), [])).toEqual([done.answerId]);
    });
  });
}
