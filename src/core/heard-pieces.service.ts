import { Injectable } from '@nestjs/common';
import { AudioAllowanceService } from './audio-allowance.service';
import { Attempt } from './attempts.service';
import { isLengthy } from './fair-share';
import { Interruption } from './interruption';
import { JobEvents } from './job-events';
import { JobStore } from './job-store';
import { HeardPiece, Listener } from './listening.service';
import { NeedsNoDraft } from './needs-no-draft';
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

  /** To be ended with the attempt. `draft` is for whoever only makes a draft. */
  follow(attempt: Attempt): Listener & { draft: Listener; end(): void } {
    const watch = this.slots.watch(attempt);
    let allowed = attempt.job.media.seconds ?? 0;
    const allow = async (seconds: number): Promise<void> => {
      if (seconds > allowed) await this.allowance.check(attempt.job, (allowed = seconds));
    };
    const common = {
      begins: async () => {
        // A draft may have come to nothing after the first sound.
        watch.waits();
        // What others of theirs turned out to be since it came in may have left no room.
        await this.allowance.check(attempt.job, allowed);
      },
      sounds: () => watch.sounds(),
    };
    return {
      ...common,
      heard: async (piece) => {
        await this.save(attempt, piece);
        await allow(secondsOf(piece));
        this.slots.check(attempt, piece);
        watch.waits();
      },
      draft: {
        ...common,
        // Nothing of it is stored before it is whole.
        heard: async (piece) => {
          const seconds = secondsOf(piece);
          if (isLengthy(seconds)) throw new NeedsNoDraft();
          await allow(seconds);
          watch.waits();
        },
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

/** It lasts for at least so long, or claims to. */
function secondsOf({ media, claimedSeconds = 0 }: HeardPiece): number {
  return Math.max(media.seconds ?? 0, claimedSeconds);
}
