import { dueAt } from '../../core/fair-share';
import { Belonging, WorkUnderWay } from './work-under-way';

/** A user's line, as far as the order needs it. */
export interface Line extends Belonging {
  priority: number;
  /** The user's running jobs. */
  running: number;
  servedAt: number;
  /** When its head is due. */
  dueAt: number;
  /** The first of its jobs, in their order; not those that were handed out already. */
  jobs: WaitingJob[];
}

interface WaitingJob {
  id: string;
  fairAt: number;
  length: number;
  /** 0 = none; missing: the usual one. */
  activeLimit?: number;
}

/** A place in the order. */
interface Rank {
  priority: number;
  /** What the user has running or handed out, and what of theirs comes before, this one too. */
  turn: number;
  dueAt: number;
}

export interface Ranked extends Rank {
  line: Line;
  job: WaitingJob;
}

/** By priority, then by turn, then by who is due first. */
export function rank(lines: readonly Line[], underWay: WorkUnderWay): Ranked[] {
  const ofUser = Map.groupBy(lines, ({ platform, requesterId, priority }) =>
    JSON.stringify([platform, requesterId, priority]),
  );
  const ranked = [...ofUser.values()].flatMap((own) => {
    const jobs = own.flatMap((line) => line.jobs.map((job) => ({ line, job })));
    jobs.sort((a, b) => a.job.fairAt - b.job.fairAt || (a.job.id < b.job.id ? -1 : 1));
    return jobs.map(({ line, job }, place) => ({
      line,
      job,
      priority: line.priority,
      turn: line.running + underWay.handedOutTo(line) + place + 1,
      dueAt: dueAt(line.servedAt, job.fairAt, job.length),
    }));
  });
  return ranked.sort(
    (a, b) => compare(a, b) || a.job.fairAt - b.job.fairAt || (a.job.id < b.job.id ? -1 : 1),
  );
}

/** The first `wanted` that may begin together, none beyond the limit of its user, its place or its length. */
export function pick(ranked: readonly Ranked[], wanted: number, underWay: WorkUnderWay): Ranked[] {
  const picked: Ranked[] = [];
  const used = new Map<string, number>();
  for (const candidate of ranked) {
    if (picked.length === wanted) break;
    const groups = roomFor(candidate, underWay);
    if (groups.some(([group, room]) => (used.get(group) ?? 0) >= room)) continue;
    for (const [group] of groups) used.set(group, (used.get(group) ?? 0) + 1);
    picked.push(candidate);
  }
  return picked;
}

/** Whether a job further back than `depth` in one of the lines can come before `last`, or is wanted for want of one. */
export function mayReachDeeper(
  ranked: readonly Ranked[],
  depth: number,
  last: Rank | undefined,
  underWay: WorkUnderWay,
): boolean {
  return ranked.some((candidate) => {
    const { line, job } = candidate;
    if (line.jobs.length < depth || line.jobs.at(-1) !== job) return false;
    // Whatever follows in the line begins only after those before it, which fill the room.
    if (roomFor(candidate, underWay).some(([, room]) => line.jobs.length >= room)) return false;
    return !last || compare(last, { ...candidate, turn: candidate.turn + 1, dueAt: -Infinity }) > 0;
  });
}

/** Whether a line behind these, the first `most` of one class of length, can have one that comes before `last`. */
export function mayReachFurther(lines: readonly Line[], most: number, last: Rank | undefined): boolean {
  const end = lines.at(-1);
  if (!end || lines.length < most) return false;
  return !last || compare(last, { priority: end.priority, turn: end.running + 1, dueAt: end.dueAt }) > 0;
}

function roomFor({ line, job }: Ranked, underWay: WorkUnderWay): [group: string, room: number][] {
  return underWay.roomFor(line, line.running, job.activeLimit);
}

function compare(a: Rank, b: Rank): number {
  return b.priority - a.priority || a.turn - b.turn || a.dueAt - b.dueAt;
}
