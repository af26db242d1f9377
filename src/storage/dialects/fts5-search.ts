import { FilterQuery, SqlEntityManager, raw } from '@mikro-orm/sql';
import { JobEntity } from '../entities/job.entity';
import { searchedWords } from './searched-words';

/** So many transcripts are best looked up one by one. */
const RARE = 500;
/** For so many a list of them can be made in each query. Beyond that the newest jobs are sure to have some. */
const LISTED = 30_000;

/** What half of so many of the newest transcripts have is frequent. */
const NEWEST = 1_000;

const MATCHING = 'select rowid from transcript_search where transcript_search match ?';

/**
 * Jobs whose transcripts hold all words. SQLite does not know how frequent a word is, and takes the wrong way through
 * its tables; so it is found out first.
 *
 * @param times how many queries the condition is for
 */
export async function matchAllWords(
  em: SqlEntityManager,
  typed: string,
  times: number,
): Promise<FilterQuery<JobEntity>> {
  const query = matchExpression(typed);
  if (query === undefined) return { [raw('false')]: [] };
  // Not by the index of transcripts, from which all of them would have to be sorted.
  const eachByItself = { [raw(`exists (${MATCHING} and rowid = transcript_id)`, [query])]: [] };
  if (await isFrequent(em, query)) return eachByItself;
  const [found] = await em.execute<{ transcripts: number }[]>(
    `select count(*) as transcripts from (${MATCHING} limit ${LISTED})`,
    [query],
  );
  const transcripts = found?.transcripts ?? 0;
  if (transcripts <= RARE) return { transcript: { id: { $in: raw(MATCHING, [query]) } } };
  if (transcripts * times < LISTED) return { [raw(`+transcript_id in (${MATCHING})`, [query])]: [] };
  return eachByItself;
}

/** Counting all that have a frequent word takes the longer the more there are; the newest tell as much. */
async function isFrequent(em: SqlEntityManager, query: string): Promise<boolean> {
  const [newest] = await em.execute<{ transcripts: number }[]>(
    `select count(*) as transcripts from (
       ${MATCHING} and rowid > (select max(id) from transcript) - ${NEWEST} limit ${NEWEST / 2}
     )`,
    [query],
  );
  return newest?.transcripts === NEWEST / 2;
}

/**
 * Each word becomes a quoted string, in which FTS5's query language knows no operators.
 *
 * @see https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
function matchExpression(typed: string): string | undefined {
  const words = searchedWords(typed).map((word) => `"${word.replaceAll('"', '""')}"`);
  return words.length > 0 ? words.join(' ') : undefined;
}
