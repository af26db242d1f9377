import { SqlEntityManager, raw } from '@mikro-orm/sql';
import { AnswerEntity } from '../entities/answer.entity';

/**
 * A part of the answer has ended: its new state is to be delivered. An answer that is due already keeps its place and
 * the time before which it must not be tried.
 *
 * @returns the revision that shows the new state
 */
export async function fallDue(em: SqlEntityManager, answerId: string, since: Date): Promise<number> {
  await em.nativeUpdate(AnswerEntity, { id: answerId }, { revision: raw('revision + 1'), attempts: 0 });
  await em.nativeUpdate(AnswerEntity, { id: answerId, dueAt: null }, { dueAt: since, availableAt: since });
  // By itself: the entity manager may know the answer as it was before.
  const own = em.fork({ keepTransactionContext: true });
  const { revision } = await own.findOneOrFail(AnswerEntity, answerId, { fields: ['revision'] });
  return revision;
}
