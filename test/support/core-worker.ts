import { AttemptOutcomeService } from '../../src/core/attempt-outcome.service';
import { AttemptsService } from '../../src/core/attempts.service';
import { AudioAllowanceService } from '../../src/core/audio-allowance.service';
import { AudioService } from '../../src/core/audio.service';
import { EnginePauseService } from '../../src/core/engine-pause.service';
import { HeardPiecesService } from '../../src/core/heard-pieces.service';
import { TranscriptionJob } from '../../src/core/job';
import { JobChangesService } from '../../src/core/job-changes.service';
import { AttemptResult, JobStore } from '../../src/core/job-store';
import { LeaseKeeperService } from '../../src/core/lease-keeper.service';
import { Listener } from '../../src/core/listening.service';
import { OutageService } from '../../src/core/outage.service';
import { Policy } from '../../src/core/policy';
import { InformedReadingService } from '../../src/core/informed-reading.service';
import { RunningWork } from '../../src/core/running-work';
import { ShortSlotsService } from '../../src/core/short-slots.service';
import { Telemetry } from '../../src/core/telemetry';
import { TranscriptionService } from '../../src/core/transcription.service';
import { Journal } from './journal';
import { QueueMember } from './queue-member';
import { WorkNote } from './small-worker';

const RESULT: AttemptResult = {
  outcome: 'no_speech',
  transcript: { text: '', languageDetected: false, segments: [], seconds: 1 },
  media: { seconds: 1 },
  timings: {},
};

export interface CoreWorkerOptions {
  slots: number;
  /** As `Policy` has it. */
  soundMs: number;
  /** In the place of opening, decoding and listening. */
  read: (job: TranscriptionJob, signal: AbortSignal, listener: Listener) => Promise<void>;
}

/** A worker whose attempts are the core's own; only what is read is made up. */
export class CoreWorker {
  readonly journal = new Journal<WorkNote>();
  private readonly running: RunningWork;
  private readonly transcription: TranscriptionService;

  constructor(
    private readonly member: QueueMember,
    jobs: JobStore,
    private readonly options: CoreWorkerOptions,
  ) {
    const { slots, soundMs } = options;
    const policy = {
      slots: { transcription: slots },
      soundMs,
      leaseMs: 60_000,
      processId: 'here',
      maxAttempts: 5,
      maxLosses: 6,
    } as Policy;
    const clock = { now: () => new Date() };
    const { queue, events } = member;
    const nothing = { removeAll: () => Promise.resolve() } as unknown as AudioService;
    const changes = new JobChangesService(events, queue, nothing, new Telemetry());
    const leases = new LeaseKeeperService(policy, clock);
    const outages = new OutageService(policy);
    this.running = new RunningWork(events, policy);
    const shortSlots = new ShortSlotsService(jobs, this.running, outages, policy);
    this.transcription = new TranscriptionService(
      new AttemptsService(jobs, leases, this.running, changes, clock),
      { isOver: () => Promise.resolve(true) } as unknown as EnginePauseService,
      {
        read: this.read.bind(this),
        draft: () => Promise.resolve(undefined),
      } as unknown as InformedReadingService,
      new HeardPiecesService(jobs, shortSlots, events, outages, new AudioAllowanceService(jobs, clock)),
      new AttemptOutcomeService(jobs, changes, policy, clock, outages),
    );
  }

  async start(): Promise<this> {
    this.running.onModuleInit();
    const { slots } = this.options;
    await this.member.queue.work('transcription', slots, (id, signal) => this.transcription.run(id, signal));
    return this;
  }

  private async read(job: TranscriptionJob, signal: AbortSignal, listener: Listener): Promise<AttemptResult> {
    this.journal.add({ what: 'started', id: job.id, at: performance.now() });
    try {
      await this.options.read(job, signal, listener);
      return RESULT;
    } finally {
      this.journal.add({ what: 'ended', id: job.id, at: performance.now() });
    }
  }
}
