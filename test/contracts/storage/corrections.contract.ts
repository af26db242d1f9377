import { JobQuery } from '../../../src/core/job-archive';
import { Segment } from '../../../src/core/transcript';
import { jobIn, spoken } from '../../support/job-stages';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

const HEARD = spoken().transcript;
const BETTER = 'Grüße aus Köln, der Kessel summt.';

/** What people make of transcripts. */
export function describeCorrections(under: StorageUnderTest): void {
  describe('corrections', () => {
    let storage: TestStorage;
    beforeEach(async () => void (storage = await under.open()));
    afterEach(() => storage.close());
    const at = new Date(Date.UTC(2026, 0, 1));
    const segments: Segment[] = HEARD.segments.map((segment) => ({ ...segment, text: BETTER }));
    const correct = (id: string, basedOn = HEARD.text) =>
      storage.corrections.correct(id, { segments, by: 'author', basedOn }, at);
    const found = async (text: string): Promise<number> => {
      const query: JobQuery = { text, includePrivate: true, limit: 9 };
      return (await storage.archive.list(query)).jobs.length;
    };

    it('take the place of what was heard, in lists, searches and answers', async () => {
      const { id, answerId = '' } = await jobIn(storage, 'done', true);
      const job = await correct(id);
      expect(job).toMatchObject({ id, text: BETTER, corrected: { by: 'author', at }, status: 'done' });
      expect([await found('kettle'), await found('kessel')]).toEqual([0, 1]);
      expect(await storage.jobs.transcript(id)).toEqual({
        ...HEARD,
        text: BETTER,
        segments,
        corrected: { by: 'author', at },
      });
      const [part] = (await storage.answers.find(answerId))?.parts ?? [];
      expect([part?.job.text, part?.transcript?.text]).toEqual([BETTER, BETTER]);
      expect(await storage.answers.ready(9, new Date(), [])).toEqual([answerId]);
    });

    it('leave what was heard to be found, and to be gone back to', async () => {
      const { id } = await jobIn(storage, 'done', false);
      await correct(id);
      await storage.corrections.correct(id, { segments, by: 'admin', basedOn: BETTER }, at);
      expect(await storage.jobs.transcript(id, 'heard')).toEqual(HEARD);
      const job = await storage.corrections.restore(id, at);
      expect(job?.text).toBe(HEARD.text);
      expect(job?.corrected).toBeUndefined();
      expect(await storage.jobs.transcript(id)).toEqual(HEARD);
      expect([await found('kettle'), await found('kessel')]).toEqual([1, 0]);
      expect(await storage.corrections.restore(id, at)).toBeUndefined();
    });

    it('are made of what there is, by one at a time', async () => {
      const other = await under.openAgain(storage);
      const { id } = await jobIn(storage, 'delivering', true);
      const both = await Promise.all([
        correct(id),
        other.corrections.correct(id, { segments, by: 'asker', basedOn: HEARD.text }, at),
      ]);
      expect(both.filter((job) => job !== undefined)).toHaveLength(1);
      expect(await correct((await jobIn(storage, 'running', true)).id)).toBeUndefined();
      expect(await correct('nothing')).toBeUndefined();
      await other.close();
    });

    it('go with the job', async () => {
      const { id } = await jobIn(storage, 'done', true);
      await correct(id);
      await storage.jobs.erase(id);
      expect([await found('kessel'), await storage.jobs.transcript(id, 'heard')]).toEqual([0, undefined]);
    });
  });
}
