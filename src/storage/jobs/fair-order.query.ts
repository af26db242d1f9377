import { SqlEntityManager } from '@mikro-orm/sql';
import { DRAFTED } from '../../core/fair-share';
import { ReadyRules } from '../../core/job-store';
import { Line, Ranked, mayReachDeeper, mayReachFurther, pick, rank } from './fair-order';
import { FirstLines } from './first-lines.query';
import { WorkUnderWay, placesOf } from './work-under-way';

/**
 * The first `wanted` jobs in fair order, however many wait: only so many lines, and so many jobs of each, are looked at
 * as are needed to be sure that no other job comes before.
 *
 * @param except were handed out already: they count as turns of their users, and are not given again
 */
export async function firstInFairOrder(
  em: SqlEntityManager,
  wanted: number,
  rules: ReadyRules,
  except: readonly string[],
): Promise<string[]> {
  const underWay = await WorkUnderWay.look(em, rules, except);
  const first = new FirstLines(rules, underWay, except);
  for (let most = wanted, depth = 1; ;) {
    const lines: Line[] = await first.find(em, most, depth);
    await underWay.learnLimits(em, lines.flatMap(placesOf));
    const ranked = rank(lines, underWay);
    const picked = pick(ranked, wanted, underWay);
    const last = picked[wanted - 1];
    const classes = [lines.filter(({ lengthy }) => lengthy), lines.filter(({ lengthy }) => !lengthy)];
    const further = classes.some((each) => mayReachFurther(each, most, last));
    const deeper = mayReachDeeper(ranked, depth, last, underWay);
    if (!further && !deeper) return withoutDrafted(picked, underWay).map(({ job }) => job.id);
    if (further) most *= 2;
    if (deeper) depth *= 2;
  }
}

/** Drafts are improved only while no note is being read, or could be. What is lengthy does not count. */
function withoutDrafted(picked: Ranked[], underWay: WorkUnderWay): Ranked[] {
  const notes = picked.filter(({ priority }) => priority > DRAFTED);
  return underWay.holdsNotes || notes.some(({ line }) => !line.lengthy) ? notes : picked;
}
