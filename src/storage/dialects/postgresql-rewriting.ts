import { Orm } from './database-dialect';
import { Patience, PATIENCE } from './postgresql-pool';

/** Where words, names and addresses stand. */
const TABLES = [
  'transcript',
  'transcript_search',
  'transcript_piece',
  'job',
  'answer',
  'preference',
  'glossary_term',
  'glossary_suggestion',
  'queue_line',
  'quota_use',
  'summary',
  'summary_post',
  'summary_use',
];
const WORD_INDEX = 'transcript_search_word_set';

/**
 * A table is out of reach while it is written anew, for which nobody waits long: others queue behind whoever waits for
 * the table. Large indexes take their time, but nobody has to wait for these.
 */
export const PATIENCE_WHEN_REWRITING: Patience = { ...PATIENCE, statement: 1_800_000, lock: 2_000 };

/**
 * Takes what was erased out of the files, for `vacuum` alone does not: what a row held stays in its page until another
 * row comes there, words stay in the index for ever, and samples of columns among the statistics. Small tables are
 * written anew as a whole, with their indexes; of larger ones only the index of words, while they stay in use.
 *
 * @param orm of one connection
 * @param smallBytes up to which size, with its indexes, a table is small
 * @returns false when another process is at it, and may not see what was erased meanwhile
 */
export async function rewrite(orm: Orm, smallBytes: number): Promise<boolean> {
  const em = orm.em.fork();
  const [lock] = await em.execute<{ held: boolean }[]>(
    "select pg_try_advisory_lock(hashtextextended('hark rewriting', 0)) as held",
  );
  if (!lock?.held) return false;
  const failed: unknown[] = [];
  for (const table of TABLES) await writeAnew(orm, table, smallBytes).catch((error) => failed.push(error));
  if (failed.length > 0) throw new AggregateError(failed, 'Some tables could not be written anew.');
  // The samples of before. Whoever does not own the database is only warned.
  await em.execute('vacuum full pg_statistic');
  return true;
}

async function writeAnew(orm: Orm, table: string, smallBytes: number): Promise<void> {
  const em = orm.em.fork();
  const [size] = await em.execute<{ small: boolean }[]>(
    'select pg_total_relation_size(?::regclass) <= ? as small',
    [table, smallBytes],
  );
  await em.execute(`vacuum (${size?.small ? 'full, ' : ''}analyze) ${table}`);
  if (table === 'transcript_search' && !size?.small) await reindex(orm);
}

async function reindex(orm: Orm): Promise<void> {
  const em = orm.em.fork();
  // It waits for every transaction that is open, and holds up none.
  await em.execute('set lock_timeout = 0');
  const left = await em.execute<{ name: string }[]>(
    `select indexrelid::regclass::text as name from pg_index
     where indrelid = 'transcript_search'::regclass and not indisvalid`,
  );
  // Of one that was broken off.
  for (const { name } of left) await em.execute(`drop index if exists ${name}`);
  await em.execute(`reindex index concurrently ${WORD_INDEX}`);
  await em.execute(`set lock_timeout = ${PATIENCE_WHEN_REWRITING.lock}`);
}
