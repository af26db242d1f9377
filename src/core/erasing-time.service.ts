import { Injectable, Logger } from '@nestjs/common';
import { Clock } from './clock';
import { JobArchive } from './job-archive';

/** How long a clock must have been watched; a little less than the time between two looks. */
const WATCHED_MS = 50 * 60_000;
/** Clocks that are put right by and by are never as far apart as this between two looks. */
const JUMP_MS = 60_000;

/**
 * The time by which things are erased for being old. What is erased is gone, so a clock that is ahead must not decide:
 * it is the earlier of this machine's time and the database server's, and only once that has gone on for an hour as the
 * clock does that nobody sets. A machine that starts with a wrong time is mostly put right by then.
 */
@Injectable()
export class ErasingTimeService {
  private readonly logger = new Logger(ErasingTimeService.name);
  private last?: { time: number; steady: number };
  private watchedMs = 0;

  constructor(
    private readonly clock: Clock,
    private readonly archive: JobArchive,
  ) {}

  /** Undefined while it cannot be trusted. To be asked every hour. */
  async now(): Promise<Date | undefined> {
    const theirs = await this.archive.serverTime();
    const time = Math.min(this.clock.now().getTime(), theirs?.getTime() ?? Infinity);
    const steady = performance.now();
    const { last } = this;
    this.last = { time, steady };
    const passedMs = last ? steady - last.steady : 0;
    const jumpMs = last ? time - last.time - passedMs : 0;
    if (Math.abs(jumpMs) > JUMP_MS) {
      this.watchedMs = 0;
      this.logger.warn({
        msg: 'The clock was set, or the machine slept; nothing old is erased for an hour',
        jumpMs,
      });
    } else this.watchedMs += passedMs;
    return this.watchedMs >= WATCHED_MS ? new Date(time) : undefined;
  }
}
