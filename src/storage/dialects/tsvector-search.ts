import { EventArgs, EventSubscriber, EntityName } from '@mikro-orm/core';
import { FilterQuery, RawQueryFragment, SqlEntityManager, raw } from '@mikro-orm/sql';
import { JobEntity } from '../entities/job.entity';
import { TranscriptEntity } from '../entities/transcript.entity';
import { searchedWords } from './searched-words';

/** PostgreSQL takes words of up to 2 KiB; in UTF-8 these may become three times as many bytes. */
const LONGEST_WORD = 500;
/** PostgreSQL takes as many bytes of different words for one text: some days of speech. */
const MOST_BYTES = 1_000_000;
/** So many transcripts are best looked up one by one. */
const RARE = 500;

/**
 * The words of a text as they are compared, in order: in lower case, without marks, parted by whatever is neither
 * letter nor digit. The same that SQLite's index makes of it, and independent of the server's languages and rules.
 */
export function foldedWords(text: string): string[] {
  const folded = text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase();
  return [...folded.matchAll(/[\p{L}\p{N}\p{Co}]+/gu)].map(([word]) => word.slice(0, LONGEST_WORD));
}

/**
 * Jobs whose transcripts hold all words. PostgreSQL takes every word that is not among the most frequent ones for just
 * as frequent as any other, and would look through all jobs for the few that hold it; so these are found first.
 */
export async function matchAllWords(em: SqlEntityManager, typed: string): Promise<FilterQuery<JobEntity>> {
  const holding = holdsAllWords(typed);
  if (holding === undefined) return { [raw('false')]: [] };
  const some = await em.execute<{ transcript_id: number }[]>(`${holding.sql} limit ${RARE + 1}`, [
    ...holding.params,
  ]);
  if (some.length > RARE) return { transcript: { id: { $in: holding } } };
  return some.length > 0
    ? { transcript: { id: { $in: some.map((row) => row.transcript_id) } } }
    : { [raw('false')]: [] };
}

/** What is typed without a blank, "e-mails", stands together in the text, too. */
function holdsAllWords(typed: string): RawQueryFragment | undefined {
  const groups = searchedWords(typed).map(foldedWords);
  const words = [...new Set(groups.flat())];
  if (words.length === 0) return undefined;
  const together = groups.filter((group) => group.length > 1).map((group) => `% ${group.join(' ')} %`);
  return raw(
    `select transcript_id from transcript_search
     where word_set @@ ?::tsquery
     ${together.map(() => 'and words like ?').join(' ')}`,
    [words.map((word) => `'${word}'`).join(' & '), ...together],
  );
}

/** Keeps the search index true to the transcripts that are stored; erased ones take their words with them. */
export class TranscriptWords implements EventSubscriber<TranscriptEntity> {
  getSubscribedEntities(): EntityName<TranscriptEntity>[] {
    return [TranscriptEntity];
  }

  async afterCreate({ entity, em }: EventArgs<TranscriptEntity>): Promise<void> {
    await (em as SqlEntityManager).execute(
      'insert into transcript_search (transcript_id, words) values (?, ?)',
      [entity.id, indexed(entity)],
    );
  }

  /** A correction. */
  async afterUpdate({ entity, em }: EventArgs<TranscriptEntity>): Promise<void> {
    await (em as SqlEntityManager).execute('update transcript_search set words = ? where transcript_id = ?', [
      indexed(entity),
      entity.id,
    ]);
  }
}

/** The blanks around them let every word be looked for as a whole. */
function indexed({ text }: TranscriptEntity): string {
  const words = ` ${foldedWords(text).join(' ')} `;
  return Buffer.from(words).subarray(0, MOST_BYTES).toString();
}
