import { FilterQuery, SqlEntityManager } from '@mikro-orm/sql';
import { AnswerEntity } from '../entities/answer.entity';

/** Whether there is anything to take back. It is asked at every wake, and so it loads nothing and locks nothing. */
export async function anyAnswerExpired(em: SqlEntityManager, now: Date): Promise<boolean> {
  const expired = 'lease_owner is not null and (lease_until is null or lease_until <= ?)';
  return (await em.execute<object[]>(`select 1 from answer where ${expired} limit 1`, [now])).length > 0;
}

/** Takes answers back whose lease has ended. They may be tried again at once. */
export function expireAnswers(em: SqlEntityManager, now: Date): Promise<string[]> {
  return takeBack(em, expired(now), now, () => true);
}

/** Takes answers back from owners that begin so: their process is gone. */
export function releaseAnswers(em: SqlEntityManager, ownerPrefix: string, now: Date): Promise<string[]> {
  const held = { leaseOwner: { $ne: null } };
  return takeBack(em, held, now, ({ leaseOwner }) => leaseOwner?.startsWith(ownerPrefix) ?? true);
}

async function takeBack(
  em: SqlEntityManager,
  where: FilterQuery<AnswerEntity>,
  now: Date,
  from: (answer: AnswerEntity) => boolean,
): Promise<string[]> {
  const held = await em.find(AnswerEntity, where, { orderBy: { createdAt: 'asc', id: 'asc' } });
  em.clear();
  const taken: string[] = [];
  for (const { id, leaseOwner, leaseUntil } of held.filter(from)) {
    const released = { leaseOwner: null, leaseUntil: null, claimedRevision: null, availableAt: now };
    // A lease that was renewed meanwhile is another lease.
    if ((await em.nativeUpdate(AnswerEntity, { id, leaseOwner, leaseUntil }, released)) > 0) taken.push(id);
  }
  return taken;
}

function expired(now: Date): FilterQuery<AnswerEntity> {
  return { leaseOwner: { $ne: null }, $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now } }] };
}
