import { Injectable } from '@nestjs/common';
import { AudioAllowanceService } from './audio-allowance.service';
import { Attempt } from './attempts.service';
import { Interruption } from './interruption';
import { JobEvents } from './job-events';
import { JobStore } from './job-store';
import { HeardPiece, Listener } from './listening.service';
import { OutageService } from './outage.service';
import { ShortSlotsService } from './short-slots.service';

/** Stores what an attempt finds on the way, and sees to it that nobody else waits for it without need. */
@Injectable()
export class HeardPiecesService {
  constructor(
    private readonly jobs: JobStore,
    private readonly slots: ShortSlotsService,
    private readonly events: JobEvents,
    private readonly outages: OutageService,
    private readonly allowance: AudioAllowanceService,
  ) {}

  /** To be ended with the attempt. */
  follow(attempt: Attempt): Listener & { end(): void } {
    const watch = this.slots.watch(attempt);
    let allowed = attempt.job.media.seconds ?? 0;
    return {
      // What others of theirs turned out to be since it came in may have left no room.
      begins: () => this.allowance.check(attempt.job, allowed),
      sounds: () => watch.sounds(),
      heard: async (piece) => {
        await this.save(attempt, piece);
        const seconds = Math.max(piece.media.seconds ?? 0, piece.claimedSeconds ?? 0);
        if (seconds > allowed) await this.allowance.check(attempt.job, (allowed = seconds));
        this.slots.check(attempt, piece);
        watch.waits();
      },
      end: () => watch.end(),
    };
  }

  /**
   * Stores a piece, as soon as the database answers and its disk has room, then tells of it. The last one is stored with
   * the whole, in the very next moment.
   *
   * @throws Interruption when the attempt has lost the job
   */
  private async save(attempt: Attempt, piece: HeardPiece): Promise<void> {
    const { job, owner, signal } = attempt;
    const store = () => this.jobs.savePiece(job.id, owner, piece);
    if (piece.estimate < 1 && !(await this.outages.outlast(store, signal)))
      throw new Interruption('lease-lost');
    const { id: jobId, answerId } = job;
    if (piece.segments.length > 0) {
      this.events.publish({ type: 'segments', jobId, answerId, from: piece.from, segments: piece.segments });
    }
    this.events.publish({ type: 'progress', jobId, answerId, progress: piece.progress });
  }
}
