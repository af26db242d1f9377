import { INestApplicationContext } from '@nestjs/common';
import { AuditAction, AuditEntry, AuditLog } from '../../src/core/audit-log';

/** What the log has of this, oldest first, as soon as it is so many: in chat it is written after people see its effect. */
export async function auditedBy(
  app: INestApplicationContext,
  action: AuditAction,
  count: number,
): Promise<AuditEntry[]> {
  const log = app.get(AuditLog, { strict: false });
  for (;;) {
    const { entries } = await log.list({ action, limit: 200 });
    if (entries.length >= count) return entries.reverse();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
