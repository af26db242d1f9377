import { SqlEntityManager } from '@mikro-orm/sql';
import { HeldLease } from '../../core/job-store';
import { AnswerEntity } from '../entities/answer.entity';
import { heldLeases } from '../held-leases.query';

/** Who delivers which answer. */
export function heldAnswers(em: SqlEntityManager): Promise<HeldLease[]> {
  return heldLeases(
    em,
    `select id, lease_owner, lease_until, 0 as losses from answer
     where lease_owner is not null order by created_at, id`,
  );
}

/** Takes answers back from whoever delivers them no more. They may be tried again at once. */
export async function takeBack(
  em: SqlEntityManager,
  leases: readonly HeldLease[],
  now: Date,
): Promise<string[]> {
  const taken: string[] = [];
  for (const { id, owner, until } of leases) {
    const released = { leaseOwner: null, leaseUntil: null, claimedRevision: null, availableAt: now };
    // A lease that was renewed meanwhile is another lease.
    const held = { id, leaseOwner: owner, leaseUntil: until };
    if ((await em.nativeUpdate(AnswerEntity, held, released)) > 0) taken.push(id);
  }
  return taken;
}
