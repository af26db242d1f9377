import { SqlEntityManager } from '@mikro-orm/sql';

/**
 * A part of the answer has ended: its new state is to be delivered. An answer that is due already keeps its place and
 * the time before which it must not be tried.
 *
 * @returns the revision that shows the new state
 */
export async function fallDue(em: SqlEntityManager, answerId: string, since: Date): Promise<number> {
  const [row] = await em.execute<{ revision: number }[]>(
    `update answer set revision = revision + 1, attempts = 0, due_at = coalesce(due_at, ?),
       available_at = case when due_at is null then ? else available_at end
     where id = ? returning revision`,
    [since, since, answerId],
  );
  if (!row) throw new Error(`There is no answer ${answerId}`);
  return row.revision;
}
