import { SqlEntityManager } from '@mikro-orm/sql';
import { HeldLease } from '../core/job-store';

interface LeaseRow {
  id: string;
  lease_owner: string | null;
  lease_until: Date | number | string | null;
  losses: number;
}

/** Leases in one statement that loads nothing else. @param select their columns, in the order of the rows */
export async function heldLeases(em: SqlEntityManager, select: string): Promise<HeldLease[]> {
  const rows = await em.execute<LeaseRow[]>(select);
  return rows.map(({ id, lease_owner, lease_until, losses }) => ({
    id,
    owner: lease_owner ?? '',
    until: new Date(lease_until ?? 0),
    losses,
  }));
}
