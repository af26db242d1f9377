import { SqlEntityManager } from '@mikro-orm/sql';
import { OPEN } from './queue-lines';

/** A job that may start, in the line of its user. */
interface Candidate {
  id: string;
  platform: string;
  requester_id: string;
  priority: number;
  chat: boolean | number;
  /** The user's running jobs. */
  running: number;
  /** Among the user's jobs of this priority that may start, from 1. */
  place: number;
}

const NO_LIMIT = 2 ** 31;

/** In fair order: by priority, then by turn (what the user has running counts), then whose last turn is longest ago. */
const CANDIDATES = `select * from (
  select job.id, job.created_at, line.platform, line.requester_id, line.priority, line.chat, line.running,
    line.served_at,
    cast(row_number() over (
      partition by line.platform, line.requester_id, line.priority order by job.created_at, job.id
    ) as integer) as place
  from (
    select * from queue_line where running < ? or chat = false
    order by priority desc, running, served_at nulls first, head_at, head_id limit ?
  ) as line
  join job on job.id in (
    select waiting.id from job as waiting
    where ${OPEN} and waiting.platform = line.platform and waiting.requester_id = line.requester_id
      and waiting.priority = line.priority
    order by waiting.created_at, waiting.id limit ?
  )
) as candidate order by priority desc, running + place, served_at nulls first, created_at, id`;

/**
 * The first `wanted` jobs in fair order, however many wait: only so many lines, and so many jobs of each, are looked at
 * as are needed to be sure that no other job comes before.
 */
export async function firstInFairOrder(
  em: SqlEntityManager,
  wanted: number,
  activeJobsPerUser: number,
): Promise<string[]> {
  const limit = activeJobsPerUser > 0 ? activeJobsPerUser : NO_LIMIT;
  for (let lines = wanted, depth = 1; ;) {
    const candidates = await em.execute<Candidate[]>(CANDIDATES, [limit, lines, depth]);
    const first = withinLimit(candidates, limit).slice(0, wanted);
    const heads = candidates.filter(({ place }) => place === 1).length;
    const sure = candidates
      .filter(({ place, chat, running }) => place === depth && !(chat && running + place >= limit))
      .every((last) => precedesFollowersOf(last, first[wanted - 1]));
    const moreLines = first.length < wanted && heads === lines;
    if (sure && !moreLines) return first.map(({ id }) => id);
    if (moreLines) lines *= 2;
    if (!sure) depth *= 2;
  }
}

/** Leaves out what a chat user would have running beyond the limit if all before it ran. */
function withinLimit(candidates: Candidate[], limit: number): Candidate[] {
  const active = new Map<string, number>();
  return candidates.filter((candidate) => {
    const user = JSON.stringify([candidate.platform, candidate.requester_id]);
    const count = (active.get(user) ?? candidate.running) + 1;
    if (candidate.chat && count > limit) return false;
    active.set(user, count);
    return true;
  });
}

/** Whether `job` comes before everything behind `last` in its line. */
function precedesFollowersOf(last: Candidate, job: Candidate | undefined): boolean {
  if (!job) return false;
  if (job.priority !== last.priority) return job.priority > last.priority;
  return job.running + job.place <= last.running + last.place;
}
