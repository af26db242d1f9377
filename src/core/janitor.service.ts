import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { AudioService } from './audio.service';
import { ErasingTimeService } from './erasing-time.service';
import { ErasureService } from './erasure.service';
import { JobArchive } from './job-archive';
import { Policy } from './policy';
import { QUOTA_WINDOW_MS } from './quota';

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
const BATCH = 100;

/** Erases what is older than the admin wants to keep, and audio that no job needs any more. */
@Injectable()
export class JanitorService implements OnModuleDestroy {
  private readonly logger = new Logger(JanitorService.name);
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly archive: JobArchive,
    private readonly erasure: ErasureService,
    private readonly audio: AudioService,
    private readonly policy: Policy,
    private readonly time: ErasingTimeService,
  ) {}

  /** Cleans every hour, as soon as the time can be trusted. */
  start(): void {
    const clean = (): void => {
      this.cleanInTime().catch((error: unknown) =>
        this.logger.error({ err: error, msg: 'Cleaning up failed; it is tried again in an hour' }),
      );
    };
    clearInterval(this.timer);
    this.timer = setInterval(clean, EVERY_MS).unref();
    clean();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Audio of failed jobs is kept for a day, so that they can be retried. */
  async clean(now: Date): Promise<void> {
    const before = (ms: number): Date => new Date(now.getTime() - ms);
    const { retentionDays } = this.policy;
    const jobs = retentionDays > 0 ? await this.eraseBefore(before(retentionDays * DAY_MS)) : 0;
    await this.archive.forgetUsage(before(Math.max(...Object.values(QUOTA_WINDOW_MS))));
    const uploads = await this.audio.clean(now);
    if (jobs + uploads > 0) this.logger.log({ msg: 'Cleaned up', jobs, uploads });
  }

  /** Cleans if the time can be trusted. */
  async cleanInTime(): Promise<void> {
    const now = await this.time.now();
    if (now) await this.clean(now);
  }

  private async eraseBefore(time: Date): Promise<number> {
    let erased = 0;
    for (;;) {
      const ids = await this.archive.finishedBefore(time, BATCH);
      for (const id of ids) await this.erasure.erase(id);
      erased += ids.length;
      if (ids.length < BATCH) return erased;
    }
  }
}
