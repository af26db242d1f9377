import { raw } from '@mikro-orm/sql';

/**
 * The fence: holds only while no later term has begun. Whoever was deposed without noticing, for instance because its
 * process stood still, changes nothing any more.
 *
 * @param term undefined where nobody has to lead
 */
export function inTerm(term: number | undefined): Record<string, { $lte: number }> {
  return term === undefined ? {} : { [raw('(select coalesce(max(number), 0) from term)')]: { $lte: term } };
}
