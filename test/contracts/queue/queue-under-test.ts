import { AnswerStore } from '../../../src/core/answer-store';
import { JobStore, NewJob } from '../../../src/core/job-store';
import { QueueTimings } from '../../../src/queue/queue-timings';
import { QueueMember } from '../../support/queue-member';
import { SmallWorker, SmallWorkerOptions } from '../../support/small-worker';

export interface JobQueueHarness {
  jobs: JobStore;
  answers: AnswerStore;
  /** Resolves once the queue has seen that this job is there; it may see it a moment after it was woken. */
  noticed(id: string): Promise<void>;
  /** The queue of one process, closed after the test. */
  member(options?: {
    timings?: Partial<QueueTimings>;
    activeJobs?: number;
    leaseMs?: number;
  }): Promise<QueueMember>;
  /** Another process that sees the same events; the same one where there can be only one. */
  neighbour(of: QueueMember): Promise<QueueMember>;
  close(): Promise<void>;
}

/** No look without a reason: whatever a test waits for has to be brought about by an event or a due time. */
export const NO_SWEEP: Partial<QueueTimings> = { sweepMs: 3_600_000, heartbeatMs: 3_600_000 };

/** A piece of work that goes on until it is told to end. */
export class Gate {
  private readonly opened = Promise.withResolvers<void>();
  open(): void {
    this.opened.resolve();
  }
  /** Resolves when opened, rejects with the reason when the signal fires. */
  pass(signal: AbortSignal): Promise<void> {
    const aborted = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
    );
    return Promise.race([this.opened.promise, aborted]);
  }
}

/** Makes a fresh harness for each test. */
export type QueueUnderTest = () => Promise<JobQueueHarness>;

/** What the tests of a contract work with. */
interface QueueRig extends Omit<JobQueueHarness, 'close'> {
  /** Stores a job and tells nobody of it; resolves to its id. */
  add(job: NewJob): Promise<string>;
  worker(member: QueueMember, options: SmallWorkerOptions): Promise<SmallWorker>;
  status(id: string): Promise<string | undefined>;
}

/** Opens a harness before each test around it and closes it after that. */
export function queueRig(open: QueueUnderTest): QueueRig {
  let harness: JobQueueHarness;
  beforeEach(async () => {
    harness = await open();
  });
  afterEach(() => harness.close());
  return {
    get jobs() {
      return harness.jobs;
    },
    get answers() {
      return harness.answers;
    },
    noticed: (id) => harness.noticed(id),
    member: (options) => harness.member(options),
    neighbour: (member) => harness.neighbour(member),
    add: async (job) => (await harness.jobs.add(job)).job.id,
    worker: (member, options) => new SmallWorker(member.queue, member.events, harness.jobs, options).start(),
    status: async (id) => (await harness.jobs.find(id))?.status,
  };
}
