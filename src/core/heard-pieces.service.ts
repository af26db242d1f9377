import { Injectable } from '@nestjs/common';
import { Attempt } from './attempts.service';
import { isLengthy } from './fair-share';
import { Interruption } from './interruption';
import { TranscriptionJob } from './job';
import { JobEvents } from './job-events';
import { JobStore } from './job-store';
import { HeardPiece } from './listening.service';
import { OutageService } from './outage.service';
import { RunningWork } from './running-work';

/** From here on it is less work to go on than to begin again. */
const NEARLY_DONE = 0.5;

/** Stores what an attempt finds on the way. */
@Injectable()
export class HeardPiecesService {
  constructor(
    private readonly jobs: JobStore,
    private readonly running: RunningWork,
    private readonly events: JobEvents,
    private readonly outages: OutageService,
  ) {}

  /**
   * Stores a piece, as soon as the database answers and its disk has room, then tells of it.
   *
   * @throws Interruption when the attempt has lost the job, or yields
   */
  async save({ job, owner, signal }: Attempt, piece: HeardPiece): Promise<void> {
    const saved = await this.outages.outlast(() => this.jobs.savePiece(job.id, owner, piece), signal);
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
