import { RawQueryFragment, raw } from '@mikro-orm/sql';
import { searchedWords } from './searched-words';

/**
 * Each word becomes a quoted string, in which FTS5's query language knows no operators.
 *
 * @see https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
export function matchAllWords(typed: string): RawQueryFragment {
  const words = searchedWords(typed);
  if (words.length === 0) return raw('select 0 where false');
  const query = words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' ');
  return raw('select rowid from transcript_search where transcript_search match ?', [query]);
}
