import { randomUUID } from 'node:crypto';
import { HarkError } from '../../src/core/errors';
import { Interruption } from '../../src/core/interruption';
import { TranscriptionJob } from '../../src/core/job';
import { JobEvents } from '../../src/core/job-events';
import { JobQueue } from '../../src/core/job-queue';
import { AttemptResult, JobStore } from '../../src/core/job-store';
import { retryDelayMs } from '../../src/core/retry-delay';
import { Journal } from './journal';

export interface WorkNote {
  what: 'started' | 'ended';
  id: string;
  at: number;
}

/** The work itself: resolves when it is done, throws as the real one does. */
type Work = (job: TranscriptionJob, signal: AbortSignal) => Promise<void> | void;

export interface SmallWorkerOptions {
  slots: number;
  work: Work;
  leaseMs?: number;
  maxAttempts?: number;
  /** Delays between attempts are this part of the real ones. */
  hurry?: number;
}

const RESULT: AttemptResult = {
  outcome: 'no_speech',
  transcript: { text: '', languageDetected: false, segments: [], seconds: 1 },
  media: { seconds: 1 },
  timings: {},
};

/** Claims, works and settles as the core does, with any work in the place of listening. */
export class SmallWorker {
  readonly journal = new Journal<WorkNote>();
  private readonly running = new Map<string, AbortController>();
  private readonly unsubscribe: () => void;

  constructor(
    private readonly queue: JobQueue,
    private readonly events: JobEvents,
    private readonly jobs: JobStore,
    private readonly options: SmallWorkerOptions,
  ) {
    this.unsubscribe = events.subscribe((event) => {
      if (event.type !== 'status' || event.status !== 'cancelled') return;
      this.running.get(event.jobId)?.abort(new Interruption('cancelled'));
    });
  }

  async start(): Promise<this> {
    await this.queue.work('transcription', this.options.slots, (id, signal) => this.run(id, signal));
    return this;
  }

  end(): void {
    this.unsubscribe();
  }

  /** Ids in the order in which attempts at them began. */
  get started(): string[] {
    return this.journal.entries.filter(({ what }) => what === 'started').map(({ id }) => id);
  }

  untilStarted(id: string, times = 1): Promise<void> {
    return this.journal.until(() => this.started.filter((other) => other === id).length >= times);
  }

  untilEnded(count: number): Promise<void> {
    return this.journal.until((notes) => notes.filter(({ what }) => what === 'ended').length >= count);
  }

  private async run(id: string, stop: AbortSignal): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    const owner = randomUUID();
    const { leaseMs = 60_000 } = this.options;
    const until = (): Date => new Date(Date.now() + leaseMs);
    const job = await this.jobs.claim(id, { owner, until: until() }, new Date());
    if (!job) return void this.running.delete(id);
    const renewal = setInterval(() => void this.jobs.renewLease(id, { owner, until: until() }), leaseMs / 3);
    this.journal.add({ what: 'started', id, at: performance.now() });
    const signal = AbortSignal.any([stop, controller.signal]);
    try {
      await this.options.work(job, signal);
      await this.jobs.finish(id, owner, RESULT, new Date());
      this.events.publish({ type: 'status', jobId: id, status: 'done' });
    } catch (error) {
      await this.settle(job, owner, signal.aborted ? signal.reason : error);
    } finally {
      clearInterval(renewal);
      this.running.delete(id);
      this.journal.add({ what: 'ended', id, at: performance.now() });
    }
  }

  private async settle({ id, attempts }: TranscriptionJob, owner: string, thrown: unknown): Promise<void> {
    if (thrown instanceof Interruption) {
      if (thrown.why !== 'shutdown' && thrown.why !== 'yielded') return;
      await this.jobs.handBack(id, owner, { availableAt: new Date(), uncounted: true });
      return this.events.publish({ type: 'status', jobId: id, status: 'queued' });
    }
    const { code, userMessage: message, retryable } = HarkError.from(thrown);
    const { maxAttempts = 3, hurry = 1 } = this.options;
    if (retryable && attempts < maxAttempts) {
      const availableAt = new Date(Date.now() + retryDelayMs(attempts) * hurry);
      await this.jobs.handBack(id, owner, { availableAt, error: { code, message } });
      return this.events.publish({ type: 'status', jobId: id, status: 'queued' });
    }
    await this.jobs.fail(id, { code, message }, new Date(), owner);
    this.events.publish({ type: 'status', jobId: id, status: 'failed' });
  }
}
