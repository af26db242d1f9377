import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { AuditLog } from './audit-log';
import { ErasingTimeService } from './erasing-time.service';
import { Policy } from './policy';

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Erases entries of the audit log that are older than the admin wants to keep. */
@Injectable()
export class AuditRetentionService implements OnModuleDestroy {
  private readonly logger = new Logger(AuditRetentionService.name);
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly log: AuditLog,
    private readonly policy: Policy,
    private readonly time: ErasingTimeService,
  ) {}

  /** Every hour, as soon as the time can be trusted. */
  start(): void {
    const erase = (): void => {
      this.eraseInTime().catch((error: unknown) =>
        this.logger.error({ err: error, msg: 'Old entries of the audit log stay for an hour longer' }),
      );
    };
    clearInterval(this.timer);
    this.timer = setInterval(erase, EVERY_MS).unref();
    erase();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async erase(now: Date): Promise<void> {
    const { auditDays } = this.policy;
    if (auditDays === 0) return;
    const entries = await this.log.eraseBefore(new Date(now.getTime() - auditDays * DAY_MS));
    if (entries > 0) this.logger.log({ msg: 'Erased old entries of the audit log', entries });
  }

  private async eraseInTime(): Promise<void> {
    const now = await this.time.now();
    if (now) await this.erase(now);
  }
}
