import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { givesWay } from './fair-share';
import { Interruption } from './interruption';
import { TranscriptionJob } from './job';
import { JobChangesService } from './job-changes.service';
import { JobStore } from './job-store';
import { LeaseKeeperService } from './lease-keeper.service';
import { RunningWork } from './running-work';
import { workingFor } from './work-context';

/** One attempt at one job, held by a lease. */
export interface Attempt {
  readonly job: TranscriptionJob;
  readonly owner: string;
  /** Fires with an `Interruption` when the attempt must stop. */
  readonly signal: AbortSignal;
  /** Stops it, to be gone on with later. */
  giveWay(): void;
  end(): void;
}

/** Begins attempts. */
@Injectable()
export class AttemptsService {
  constructor(
    private readonly jobs: JobStore,
    private readonly leases: LeaseKeeperService,
    private readonly running: RunningWork,
    private readonly changes: JobChangesService,
    private readonly clock: Clock,
  ) {}

  /** Undefined when somebody else has the job, or it is not queued any more. */
  async begin(jobId: string, stop: AbortSignal): Promise<Attempt | undefined> {
    // Before the claim, so that a cancellation right after it is not missed.
    const controller = this.running.begin(jobId);
    const lease = this.leases.make();
    const job = await this.jobs.claim(jobId, lease, this.clock.now()).catch((error: unknown) => {
      this.running.end(jobId, controller);
      throw error;
    });
    if (!job) {
      this.running.end(jobId, controller);
      return undefined;
    }
    if (job.lengthy) this.running.beganLengthy(job);
    if (givesWay(job)) this.running.beganImproving(jobId);
    else if (!job.lengthy) this.running.makeWay();
    const kept = workingFor({ jobId, platform: job.platform, stage: 'reading' }, () =>
      this.leases.keep(lease, (renewed) => this.jobs.renewLease(jobId, renewed), controller),
    );
    this.changes.begun(job);
    return {
      job,
      owner: lease.owner,
      signal: AbortSignal.any([stop, controller.signal]),
      giveWay: () => controller.abort(new Interruption('yielded')),
      end: () => {
        kept.release();
        this.running.end(jobId, controller);
        this.changes.left(job);
      },
    };
  }
}
