import { spoken } from '../../support/job-stages';
import { GONE, answersRig, at } from './answers-under-test';
import { StorageUnderTest } from './storage-under-test';

/** What becomes of jobs whose answer could not be delivered, or that ended otherwise meanwhile. */
export function describeAnswerFailures(under: StorageUnderTest): void {
  describe('answers', () => {
    const rig = answersRig(under);
    const { asked, end, claim, finish, status } = rig;

    it('that cannot be delivered fail their jobs, whose transcripts stay', async () => {
      const { id, jobs } = await asked(2);
      const [first = '', second = ''] = jobs;
      await end(first);
      const claimed = await claim(id, 'd');
      await end(second, 11);
      const failed = { revision: claimed?.revision ?? 0, error: GONE };
      expect(await rig.answers.fail(id, 'd', failed, at(12))).toEqual([first]);
      expect(await rig.storage.jobs.find(first)).toMatchObject({
        status: 'failed',
        error: GONE,
        finishedAt: at(12),
        text: spoken().transcript.text,
      });
      expect(await rig.storage.jobs.transcript(first)).toEqual(spoken().transcript);
      expect(await rig.answers.ready(9, at(13), [])).toEqual([id]);
      expect(await status(second)).toBe('delivering');
    });

    it('that could not be delivered may be seen to again later', async () => {
      const { id, jobs } = await asked(1);
      await end(jobs[0] ?? '');
      const claimed = await claim(id, 'd');
      const failed = { revision: claimed?.revision ?? 0, error: GONE, again: at(40) };
      expect(await rig.answers.fail(id, 'd', failed, at(12))).toEqual(jobs);
      expect([await rig.answers.ready(9, at(39), []), await rig.answers.nextDueAt(at(39))]).toEqual([
        [],
        at(40),
      ]);
      const again = await claim(id, 'd', 40);
      expect(again).toMatchObject({ attempts: 1, answer: { parts: [{ job: { status: 'failed' } }] } });
      expect(await finish(id, 'd', again?.revision ?? 0, 41)).toEqual([]);
      expect(await rig.answers.ready(9, at(59), [])).toEqual([]);
      expect(await status(jobs[0] ?? '')).toBe('failed');
    });

    it('do not end a job that was cancelled or retried meanwhile', async () => {
      const { id, jobs } = await asked(2);
      const [first = '', second = ''] = jobs;
      for (const job of jobs) await end(job);
      const claimed = await claim(id, 'd');
      await rig.storage.jobs.cancel(first, at(11));
      await rig.storage.jobs.fail(second, GONE, at(11));
      await rig.storage.jobs.retry(second, at(11));
      expect(await finish(id, 'd', claimed?.revision ?? 0, 12)).toEqual([]);
      expect([await status(first), await status(second)]).toEqual(['cancelled', 'queued']);
    });
  });
}
