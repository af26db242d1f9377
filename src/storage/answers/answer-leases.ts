import { SqlEntityManager } from '@mikro-orm/sql';
import { AnswerEntity } from '../entities/answer.entity';

/** Takes answers back from whoever delivers them no more. They may be tried again at once. */
export async function takeBack(
  em: SqlEntityManager,
  now: Date,
  from: (answer: AnswerEntity) => boolean,
): Promise<string[]> {
  const held = await em.find(
    AnswerEntity,
    { leaseOwner: { $ne: null } },
    { orderBy: { createdAt: 'asc', id: 'asc' } },
  );
  const taken: string[] = [];
  for (const { id, leaseOwner, leaseUntil } of held.filter(from)) {
    const released = { leaseOwner: null, leaseUntil: null, claimedRevision: null, availableAt: now };
    // A lease that was renewed meanwhile is another lease.
    if ((await em.nativeUpdate(AnswerEntity, { id, leaseOwner, leaseUntil }, released)) > 0) taken.push(id);
  }
  return taken;
}
