import { Injectable, Logger } from '@nestjs/common';
import { AuditBounds } from './audit-bounds';
import { AuditEvent, AuditLog } from './audit-log';
import { Clock } from './clock';

/** Writes down who did what. */
@Injectable()
export class AuditService {
  private readonly logger = new Logger(AuditService.name);
  private readonly bounds = new AuditBounds();

  constructor(
    private readonly log: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Never throws: what was done is done, and a database that is down says so elsewhere, too. */
  async record(event: AuditEvent): Promise<void> {
    const at = this.clock.now();
    const unrecorded = this.bounds.admit(event, at.getTime());
    if (unrecorded === undefined) return;
    try {
      await this.log.add({ ...event, at, ...(unrecorded > 0 && { unrecorded }) });
    } catch (error) {
      this.logger.error({ err: error, ...event, msg: 'This could not be written to the audit log' });
    }
  }
}
