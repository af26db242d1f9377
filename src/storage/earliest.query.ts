import { SqlEntityManager } from '@mikro-orm/sql';

/**
 * The earliest of several times, in one statement that loads no rows.
 *
 * @param selects each of one time, which may be null
 */
export async function earliest(
  em: SqlEntityManager,
  selects: readonly string[],
  params: readonly Date[],
): Promise<Date | undefined> {
  const [row] = await em.execute<{ earliest: Date | number | string | null }[]>(
    `select min(due) as earliest from (${selects.join(' union all ')}) as times`,
    [...params],
  );
  const time = row?.earliest ?? undefined;
  return time === undefined ? undefined : new Date(time);
}
