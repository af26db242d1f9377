import { Summary, TokenUse } from '../../../src/core/summary';
import { SummaryRun, SummaryStore } from '../../../src/core/summary-store';
import { jobIn } from '../../support/job-stages';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

const NOW = new Date('2026-05-06T12:00:00Z');
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);
const ANN = { platform: 'discord', user: 'ann' };
const USE: TokenUse = { input: 100, output: 20, estimated: false };

/** Summaries, what they cost, and that they go with their jobs. */
export function describeSummaryStore(under: StorageUnderTest): void {
  describe('summaries', () => {
    let storage: TestStorage;
    let summaries: SummaryStore;
    let jobId: string;
    beforeEach(async () => {
      storage = await under.open();
      summaries = storage.summaries;
      jobId = (await jobIn(storage, 'done', true)).id;
    });
    afterEach(() => storage.close());

    const run = (change: Partial<SummaryRun> = {}): SummaryRun => ({
      jobId,
      driver: 'demo',
      digest: 'one',
      owner: 'a',
      until: later(60),
      user: ANN,
      month: '2026-05',
      tokens: 0,
      bound: 0,
      ...change,
    });
    const summary = (change: Partial<Summary> = {}): Summary => ({
      jobId,
      driver: 'demo',
      madeBy: 'demo',
      way: 'picked',
      text: 'In short.',
      digest: 'one',
      use: USE,
      createdAt: NOW,
      ...change,
    });

    it('are written by one at a time, and found by all afterwards', async () => {
      const other = await under.openAgain(storage);
      const starts = await Promise.all([
        summaries.begin(run(), NOW),
        other.summaries.begin(run({ owner: 'b' }), NOW),
      ]);
      expect([...starts].sort()).toEqual(['begun', 'busy']);
      const [first, second] = starts[0] === 'begun' ? ['a', 'b'] : ['b', 'a'];
      expect(await summaries.of(jobId)).toEqual([]);
      expect(await summaries.finish(second, summary({ text: 'Mine!' }))).toBe(false);
      expect(await summaries.finish(first, summary())).toBe(true);
      expect(await other.summaries.of(jobId)).toEqual([summary()]);
      expect(await summaries.begin(run({ driver: 'openai' }), NOW)).toBe('begun');
      expect(await summaries.finish('a', summary({ driver: 'openai', createdAt: later(1) }))).toBe(true);
      expect((await summaries.of(jobId)).map(({ driver }) => driver)).toEqual(['openai', 'demo']);
      await other.close();
    });

    it('can be begun anew when their writer gave up, or has died; what was there stays until then', async () => {
      await summaries.begin(run(), NOW);
      await summaries.abandon('b', jobId, 'demo');
      expect(await summaries.begin(run({ owner: 'b' }), later(59))).toBe('busy');
      await summaries.abandon('a', jobId, 'demo');
      expect(await summaries.begin(run({ owner: 'b' }), later(59))).toBe('begun');
      expect(await summaries.begin(run({ owner: 'c', until: later(200) }), later(61))).toBe('begun');
      expect(await summaries.finish('b', summary())).toBe(false);
      expect(await summaries.finish('c', summary())).toBe(true);
      await summaries.begin(run({ owner: 'd', digest: 'two' }), later(300));
      expect(await summaries.of(jobId)).toEqual([summary()]);
      await summaries.abandon('d', jobId, 'demo');
      expect(await summaries.of(jobId)).toEqual([summary()]);
    });

    it('are bound by what their asker has left, with what is being written', async () => {
      const other = (await jobIn(storage, 'done', true)).id;
      const bound = { bound: 1_000, tokens: 400 };
      await summaries.charge(ANN, '2026-04', { ...USE, input: 990 });
      await summaries.charge(ANN, '2026-05', { ...USE, input: 180 });
      expect(await summaries.begin(run(bound), NOW)).toBe('begun');
      expect(await summaries.begin(run({ ...bound, jobId: other, tokens: 401 }), NOW)).toBe('no-tokens');
      expect(await summaries.begin(run({ ...bound, jobId: other }), NOW)).toBe('begun');
      const third = { ...bound, driver: 'openai', tokens: 1 };
      expect(await summaries.begin(run(third), NOW)).toBe('no-tokens');
      const bob = { platform: 'discord', user: 'bob' };
      expect(await summaries.begin(run({ ...third, user: bob }), NOW)).toBe('begun');
      await summaries.abandon('a', other, 'demo');
      expect(await summaries.begin(run({ ...third, driver: 'anthropic' }), NOW)).toBe('begun');
    });

    it('are counted by user and month, and all together; what was estimated is marked', async () => {
      await Promise.all([1, 2, 3].map(() => summaries.charge(ANN, '2026-05', USE)));
      await summaries.charge(ANN, '2026-04', { ...USE, estimated: true });
      await summaries.charge({ platform: 'slack', user: 'ann' }, '2026-05', USE);
      const april = { month: '2026-04', summaries: 1, input: 100, output: 20, estimated: true };
      const may = { month: '2026-05', summaries: 3, input: 300, output: 60, estimated: false };
      expect(await summaries.usage(ANN)).toEqual([april, may]);
      expect(await summaries.sum('2026-05')).toEqual({ ...may, summaries: 4, input: 400, output: 80 });
      expect(await summaries.sum('2026-06')).toMatchObject({ month: '2026-06', summaries: 0, input: 0 });
      await storage.archive.forgetUsage(new Date('2027-05-01T00:00:00Z'));
      expect(await summaries.usage(ANN)).toEqual([may]);
      await storage.archive.forgetUsageOf('discord', 'ann');
      expect(await summaries.usage(ANN)).toEqual([]);
    });

    it('go with their jobs, and leave nothing to begin or to finish', async () => {
      await summaries.begin(run(), NOW);
      await summaries.finish('a', summary());
      await summaries.begin(run({ driver: 'openai' }), NOW);
      const posted = { address: { platform: 'discord', channel: 'c' }, reply: { messages: ['1'] } };
      expect(await summaries.addPost(jobId, posted)).toBe(true);
      expect(await summaries.posts(jobId)).toEqual([posted]);
      await storage.jobs.erase(jobId);
      expect(await summaries.of(jobId)).toEqual([]);
      expect(await summaries.posts(jobId)).toEqual([]);
      expect(await summaries.finish('a', summary({ driver: 'openai' }))).toBe(false);
      expect(await summaries.begin(run(), NOW)).toBe('gone');
      expect(await summaries.addPost(jobId, posted)).toBe(false);
    });
  });
}
