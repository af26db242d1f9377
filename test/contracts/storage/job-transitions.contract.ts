import { JOB_STATUSES, JOB_TRANSITIONS, JobStatus } from '../../../src/core/job';
import { HeldLease } from '../../../src/core/job-store';
import { jobIn, lease, spoken } from '../../support/job-stages';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

type Act = (storage: TestStorage, job: { id: string; owner: string; answerId?: string }) => Promise<unknown>;

const ERROR = { code: 'engine_failed', message: 'The engine failed.' } as const;
const leaseOn = async ({ jobs }: TestStorage, id: string): Promise<HeldLease[]> =>
  (await jobs.leases()).filter((held) => held.id === id);

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
  takeBack: {
    act: async (storage, { id }) =>
      (await storage.jobs.takeBack(await leaseOn(storage, id), new Date())).includes(id),
    chat: { running: 'queued' },
  },
  'takeBack after a renewal': {
    act: async (storage, { id, owner }) => {
      const seen = await leaseOn(storage, id);
      await storage.jobs.renewLease(id, lease(new Date(Date.now() + 1_000), owner));
      return (await storage.jobs.takeBack(seen, new Date())).includes(id);
    },
    chat: {},
  },
  'takeBack from another holder': {
    act: async (storage, { id }) => {
      const others = (await leaseOn(storage, id)).map((held) => ({ ...held, owner: 'somebody else' }));
      return (await storage.jobs.takeBack(others, new Date())).includes(id);
    },
    chat: {},
  },
  renewLease: {
    act: ({ jobs }, { id, owner }) => jobs.renewLease(id, lease(new Date(), owner)),
    chat: { running: 'running' },
  },
  lengthen: {
    act: ({ jobs }, { id, owner }) => jobs.lengthen(id, owner),
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
