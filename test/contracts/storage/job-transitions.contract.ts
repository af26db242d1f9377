import { JOB_STATUSES, JOB_TRANSITIONS, JobStatus } from '../../../src/core/job';
import { jobIn, lease, spoken } from '../../support/job-stages';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

type Act = (storage: TestStorage, job: { id: string; owner: string; answerId?: string }) => Promise<unknown>;

const ERROR = { code: 'engine_failed', message: 'The engine failed.' } as const;
const later = (): Date => new Date(Date.now() + 600_000);

/** Everything that can be done to a job, and where it leads to from each status where it does anything. */
const ACTS: Record<
  string,
  { act: Act; chat: Partial<Record<JobStatus, JobStatus>>; api?: Partial<Record<JobStatus, JobStatus>> }
> = {
  claim: {
    act: ({ jobs }, { id }) => jobs.claim(id, lease(), new Date()),
    chat: { queued: 'running' },
  },
  finish: {
    act: ({ jobs }, { id, owner }) => jobs.finish(id, owner, spoken(), new Date()),
    chat: { running: 'delivering' },
    api: { running: 'done' },
  },
  'finish without the lease': {
    act: ({ jobs }, { id }) => jobs.finish(id, 'somebody else', spoken(), new Date()),
    chat: {},
  },
  handBack: {
    act: ({ jobs }, { id, owner }) => jobs.handBack(id, owner, { availableAt: new Date() }),
    chat: { running: 'queued' },
  },
  'handBack without the lease': {
    act: ({ jobs }, { id }) => jobs.handBack(id, 'somebody else', { availableAt: new Date() }),
    chat: {},
  },
  fail: {
    act: ({ jobs }, { id }) => jobs.fail(id, ERROR, new Date()),
    chat: { queued: 'failed', running: 'failed', delivering: 'failed' },
  },
  'fail by the owner': {
    act: ({ jobs }, { id, owner }) => jobs.fail(id, ERROR, new Date(), owner),
    chat: { running: 'failed' },
  },
  'fail without the lease': {
    act: ({ jobs }, { id }) => jobs.fail(id, ERROR, new Date(), 'somebody else'),
    chat: {},
  },
  cancel: {
    act: ({ jobs }, { id }) => jobs.cancel(id, new Date()),
    chat: { queued: 'cancelled', running: 'cancelled', delivering: 'cancelled' },
  },
  retry: {
    act: ({ jobs }, { id }) => jobs.retry(id, new Date()),
    chat: { failed: 'queued', cancelled: 'queued' },
  },
  expireLeases: {
    act: async ({ jobs }, { id }) => (await jobs.expireLeases(later())).includes(id),
    chat: { running: 'queued' },
  },
  'expireLeases too early': {
    act: async ({ jobs }, { id }) => (await jobs.expireLeases(new Date())).includes(id),
    chat: {},
  },
  releaseLeases: {
    act: async ({ jobs }, { id }) => (await jobs.releaseLeases('test:', new Date())).includes(id),
    chat: { running: 'queued' },
  },
  'releaseLeases of another process': {
    act: async ({ jobs }, { id }) => (await jobs.releaseLeases('test:0:', new Date())).includes(id),
    chat: {},
  },
  renewLease: {
    act: ({ jobs }, { id, owner }) => jobs.renewLease(id, lease(new Date(), owner)),
    chat: { running: 'running' },
  },
  savePiece: {
    act: ({ jobs }, { id, owner }) =>
      jobs.savePiece(id, owner, { index: 0, segments: [], progress: 0.5, media: {} }),
    chat: { running: 'running' },
  },
};

/** Every act in every status: the table of transitions, and nothing besides. */
export function describeJobTransitions(under: StorageUnderTest): void {
  describe('job transitions', () => {
    let storage: TestStorage;
    beforeAll(async () => void (storage = await under.open()));
    afterAll(() => storage.close());

    for (const chat of [true, false]) {
      const statuses = JOB_STATUSES.filter((status) => chat || status !== 'delivering');
      for (const [name, { act, ...leads }] of Object.entries(ACTS)) {
        const table = chat ? leads.chat : (leads.api ?? leads.chat);
        it.each(statuses)(`${name} of a ${chat ? 'chat' : 'REST'} job that is %s`, async (from) => {
          const job = await jobIn(storage, from, chat);
          const to = table[from];
          const answered = await act(storage, job);
          expect(Boolean(answered)).toBe(to !== undefined);
          expect((await storage.jobs.find(job.id))?.status).toBe(to ?? from);
          if (to !== undefined && to !== from) expect(JOB_TRANSITIONS[from]).toContain(to);
        });
      }
    }

    it('reaches every transition that exists', () => {
      const reached = new Set<string>();
      for (const { chat, api } of Object.values(ACTS)) {
        for (const leads of [chat, api ?? {}]) {
          for (const [from, to] of Object.entries(leads)) reached.add(`${from} → ${to}`);
        }
      }
      // By the answer's delivery: see the suite of answers.
      reached.add('delivering → done');
      const all = JOB_STATUSES.flatMap((from) => JOB_TRANSITIONS[from].map((to) => `${from} → ${to}`));
      expect(all.filter((one) => !reached.has(one))).toEqual([]);
    });
  });
}
