import { FilterQuery } from '@mikro-orm/sql';
import { AuditEntry, AuditLog, AuditPage, AuditQuery } from '../core/audit-log';
import { onPage } from './archive/page-conditions';
import { writeCursor } from './archive/page-cursor';
import { Database } from './database';
import { AuditEntity } from './entities/audit.entity';

export class AuditRepository extends AuditLog {
  constructor(private readonly database: Database) {
    super();
  }

  async add(entry: Omit<AuditEntry, 'id'>): Promise<void> {
    await this.database.write((em) => em.insert(AuditEntity, new AuditEntity(entry)));
  }

  list(query: AuditQuery): Promise<AuditPage> {
    return this.database.read(async (em) => {
      const rows = await em.find(
        AuditEntity,
        { $and: conditions(query) },
        { orderBy: { createdAt: 'desc', id: 'desc' }, limit: query.limit + 1 },
      );
      const page = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      return { entries: page.map(toEntry), ...(last && { nextCursor: writeCursor(last) }) };
    });
  }

  async eraseBefore(time: Date): Promise<number> {
    const erased = await this.database.write((em) =>
      em.nativeDelete(AuditEntity, { createdAt: { $lt: time } }),
    );
    if (erased > 0) await this.database.purge();
    return erased;
  }
}

function conditions({ actor, action, target, ...page }: AuditQuery): FilterQuery<AuditEntity>[] {
  const all: FilterQuery<AuditEntity>[] = onPage(page);
  if (actor !== undefined) all.push({ actor });
  if (action !== undefined) all.push({ action });
  if (target !== undefined) all.push({ target });
  return all;
}

function toEntry(row: AuditEntity): AuditEntry {
  const { id, createdAt: at, actor, role, address, action, target, detail, outcome, code, unrecorded } = row;
  const optional = { role, address, target, detail, code, unrecorded };
  const known = Object.entries(optional).filter(([, value]) => value !== null && value !== undefined);
  return { id, at, actor, action, outcome, ...(Object.fromEntries(known) as typeof optional) };
}
