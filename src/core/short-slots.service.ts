import { Injectable, Logger } from '@nestjs/common';
import { Attempt } from './attempts.service';
import { SHORT_SECONDS, isLengthy } from './fair-share';
import { Interruption } from './interruption';
import { JobStore } from './job-store';
import { HeardPiece } from './listening.service';
import { OutageService } from './outage.service';
import { Policy } from './policy';
import { RunningWork } from './running-work';
import { SoundWatch } from './sound-watch';

/** From here on it is less work to go on than to begin again. */
const NEARLY_DONE = 0.5;
/** Whatever a file says of how much is left: beyond this it is not short. */
const MOST_SECONDS = 2 * SHORT_SECONDS;

/**
 * Sees to it that slots are left for short notes: what was begun as short and turns out long, or whose sound does not
 * come, takes one of the slots for lengthy work, or goes back into the queue where all of those are taken. That happens
 * once: from then on it is known to be lengthy.
 */
@Injectable()
export class ShortSlotsService {
  private readonly logger = new Logger(ShortSlotsService.name);

  constructor(
    private readonly jobs: JobStore,
    private readonly running: RunningWork,
    private readonly outages: OutageService,
    private readonly policy: Policy,
  ) {}

  /** Watches over an attempt whose sound is waited for from now on. */
  watch(attempt: Attempt): SoundWatch {
    const watch = new SoundWatch(this.policy.soundMs, () => void this.lengthen(attempt));
    if (!attempt.job.lengthy) watch.waits();
    else watch.end();
    return watch;
  }

  /** @throws Interruption when what was heard shows that the note is long, and it has to give way */
  check({ job }: Attempt, { media, claimedSeconds = 0, estimate }: HeardPiece): void {
    const seconds = Math.max(media.seconds ?? 0, claimedSeconds);
    if (job.lengthy || !isLengthy(seconds) || estimate === 1) return;
    if (seconds <= MOST_SECONDS && estimate >= NEARLY_DONE && !this.running.isLengthy(job.id)) return;
    if (!this.running.lengthen(job)) throw new Interruption('yielded');
  }

  private async lengthen(attempt: Attempt): Promise<void> {
    const { job, owner, signal } = attempt;
    try {
      // First in the table, so that no other lengthy one is begun beside it.
      const held = await this.outages.outlast(() => this.jobs.lengthen(job.id, owner), signal);
      if (held && !signal.aborted && !this.running.lengthen(job)) attempt.giveWay();
    } catch (error) {
      this.logger.warn({
        err: error,
        jobId: job.id,
        msg: 'A slow note could not be put among the long ones',
      });
    }
  }
}
