import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { isLengthy } from './fair-share';
import { Interruption } from './interruption';
import { TranscriptionJob } from './job';
import { JobEvents } from './job-events';
import { JobStore } from './job-store';
import { LeaseKeeperService } from './lease-keeper.service';
import { HeardPiece } from './listening.service';
import { RunningWork } from './running-work';

/** From here on it is less work to go on than to begin again. */
const NEARLY_DONE = 0.5;

/** One attempt at one job, held by a lease. */
export interface Attempt {
  readonly job: TranscriptionJob;
  readonly owner: string;
  /** Fires with an `Interruption` when the attempt must stop. */
  readonly signal: AbortSignal;
  end(): void;
}

/** Begins attempts and stores what they find on the way. */
@Injectable()
export class AttemptsService {
  constructor(
    private readonly jobs: JobStore,
    private readonly leases: LeaseKeeperService,
    private readonly running: RunningWork,
    private readonly events: JobEvents,
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
    // The queue sees to it that no more of those begin than may.
    if (job.lengthy) this.running.lengthen(jobId);
    const kept = this.leases.keep(lease, (renewed) => this.jobs.renewLease(jobId, renewed), controller);
    this.events.publish({ type: 'status', jobId, answerId: job.answerId, status: 'running' });
    return {
      job,
      owner: lease.owner,
      signal: AbortSignal.any([stop, controller.signal]),
      end: () => {
        kept.release();
        this.running.end(jobId, controller);
      },
    };
  }

  /** Stores a piece, then tells of it. @throws Interruption when the attempt has lost the job, or yields */
  async savePiece({ job, owner }: Attempt, piece: HeardPiece): Promise<void> {
    const saved = await this.jobs.savePiece(job.id, owner, piece);
    if (!saved) throw new Interruption('lease-lost');
    const { id: jobId, answerId } = job;
    if (piece.segments.length > 0) {
      this.events.publish({ type: 'segments', jobId, answerId, from: piece.from, segments: piece.segments });
    }
    this.events.publish({ type: 'progress', jobId, answerId, progress: piece.progress });
    if (this.mustYield(job, piece)) throw new Interruption('yielded');
  }

  /**
   * What was begun as short, and has turned out long, goes back into the queue where it would take the last slot from
   * the short ones. It happens once: from then on its length is known.
   */
  private mustYield({ id, lengthy }: TranscriptionJob, { media, progress }: HeardPiece): boolean {
    if (lengthy || !isLengthy(media.seconds) || progress >= NEARLY_DONE) return false;
    return !this.running.lengthen(id);
  }
}
