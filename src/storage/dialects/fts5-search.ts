import { RawQueryFragment, raw } from '@mikro-orm/sql';

/** More words than anybody searches for; keeps FTS5's parser within its depth. */
const MAX_WORDS = 32;

/**
 * Whatever was typed is only words: each becomes a quoted string, in which FTS5's query language knows no operators.
 *
 * @see https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
export function matchAllWords(typed: string): RawQueryFragment {
  const words = typed
    .replaceAll('\0', ' ')
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, MAX_WORDS);
  if (words.length === 0) return raw('select 0 where false');
  const query = words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' ');
  return raw('select rowid from transcript_search where transcript_search match ?', [query]);
}
