import { chatJob, jobIn, lease, spoken } from '../../support/job-stages';
import { GONE, REPLY, answersRig, at, channel } from './answers-under-test';
import { StorageUnderTest } from './storage-under-test';

/** Which answers are to be delivered now, and which of them first. */
export function describeAnswersDue(under: StorageUnderTest): void {
  describe('answers', () => {
    const rig = answersRig(under);
    const { asked, end, claim, finish, status } = rig;

    it('are due when a job has ended, and not before', async () => {
      const { id, jobs } = await asked(1);
      expect(await rig.answers.ready(9, at(9), [])).toEqual([]);
      expect(await claim(id, 'd')).toBeUndefined();
      await end(jobs[0] ?? '');
      expect(await rig.answers.ready(9, at(9), [])).toEqual([id]);
      const claimed = await claim(id, 'd');
      expect(claimed).toMatchObject({
        attempts: 1,
        answer: { id, parts: [{ job: { status: 'delivering' } }] },
      });
      expect(claimed?.answer.parts[0]?.transcript).toEqual(spoken().transcript);
      expect(await rig.answers.ready(9, at(11), [])).toEqual([]);
      expect(await finish(id, 'd', claimed?.revision ?? 0)).toEqual(jobs);
      expect(await rig.storage.jobs.find(jobs[0] ?? '')).toMatchObject({
        status: 'done',
        finishedAt: at(11),
        timings: { ...spoken().timings, deliver: 8, total: 11_000 },
      });
      expect(await rig.answers.ready(9, at(12), [])).toEqual([]);
      expect((await rig.answers.find(id))?.reply).toEqual(REPLY);
    });

    it.each(['fail', 'cancel'] as const)('are due after %s, too', async (how) => {
      const { id, jobs } = await asked(1);
      if (how === 'fail') await rig.storage.jobs.fail(jobs[0] ?? '', GONE, at(2));
      else await rig.storage.jobs.cancel(jobs[0] ?? '', at(2));
      const claimed = await claim(id, 'd');
      expect(claimed?.answer.parts[0]?.job.status).toBe(how === 'fail' ? 'failed' : 'cancelled');
      expect(await finish(id, 'd', claimed?.revision ?? 0)).toEqual([]);
      expect(await rig.answers.ready(9, at(12), [])).toEqual([]);
    });

    it('stay due for what ended while they were being delivered', async () => {
      const { id, jobs } = await asked(2);
      const [first = '', second = ''] = jobs;
      await end(first);
      const claimed = await claim(id, 'd1');
      await end(second, 11);
      expect(await finish(id, 'd1', claimed?.revision ?? 0, 12)).toEqual([first]);
      expect([await status(first), await status(second)]).toEqual(['done', 'delivering']);
      expect(await rig.answers.ready(9, at(13), [])).toEqual([id]);
      const again = await claim(id, 'd2', 14);
      expect(again).toMatchObject({ attempts: 1 });
      expect(again?.revision).toBeGreaterThan(claimed?.revision ?? 0);
      expect(await finish(id, 'd2', again?.revision ?? 0, 15)).toEqual([second]);
      expect(await rig.answers.ready(9, at(16), [])).toEqual([]);
    });

    it('are handed out longest waiting first, one of a channel at a time', async () => {
      const ids: string[] = [];
      for (const [index, name] of ['c1', 'c2', 'c1', 'c3', 'c2'].entries()) {
        const { id, jobs } = await asked(1, channel(name));
        await end(jobs[0] ?? '', 10 - index);
        ids.push(id);
      }
      const [c1late, c2late, c1, c3, c2] = ids;
      expect(await rig.answers.ready(9, at(20), [])).toEqual([c2, c3, c1]);
      expect(await rig.answers.ready(2, at(20), [])).toEqual([c2, c3]);
      expect(await rig.answers.ready(9, at(20), [c2 ?? ''])).toEqual([c3, c1]);
      await claim(c1 ?? '', 'd', 20);
      expect(await rig.answers.ready(9, at(20), [])).toEqual([c2, c3]);
      await finish(c1 ?? '', 'd', 1, 21);
      expect(await rig.answers.ready(9, at(20), [])).toEqual([c2, c3, c1late]);
      await claim(c2 ?? '', 'd', 20);
      await rig.answers.handBack(c2 ?? '', 'd', { availableAt: at(50) });
      expect(await rig.answers.ready(9, at(22), [])).toEqual([c3, c2late, c1late]);
    });

    it('fall due when one of their jobs is erased, and go with the last one', async () => {
      const { id, jobs } = await asked(2);
      const [first = '', second = ''] = jobs;
      for (const job of jobs) await end(job);
      await finish(id, 'd', (await claim(id, 'd'))?.revision ?? 0);
      expect((await rig.storage.jobs.erase(first))?.id).toBe(first);
      expect(await rig.answers.ready(9, at(12), [])).toEqual([id]);
      expect((await claim(id, 'd2', 12))?.answer.parts.map(({ job }) => job.id)).toEqual([second]);
      expect((await rig.storage.jobs.erase(second))?.text).toBe(spoken().transcript.text);
      expect(await rig.answers.find(id)).toBeUndefined();
      expect(await rig.storage.jobs.erase(second)).toBeUndefined();
    });

    it('are not held up by a job that came in late', async () => {
      const done = await jobIn(rig.storage, 'done', true);
      const replyTo = (await rig.storage.jobs.find(done.id))?.replyTo;
      const { job } = await rig.storage.jobs.add(chatJob({ replyTo }));
      expect(job.answerId).toBe(done.answerId);
      expect(await rig.answers.ready(9, new Date(), [])).toEqual([]);
      const { owner, until } = lease();
      await rig.storage.jobs.claim(job.id, { owner, until }, new Date());
      await rig.storage.jobs.finish(job.id, owner, spoken('Late.'), new Date());
      expect(await rig.answers.ready(9, new Date(), [])).toEqual([done.answerId]);
    });
  });
}
