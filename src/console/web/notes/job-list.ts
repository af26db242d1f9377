import type { Job, JobPage } from '../api/types';

/** Jobs, newest first, as far as they have been loaded. */
export interface JobList {
  jobs: readonly Job[];
  /** For the next page; null when all are here. */
  cursor: string | null;
}

export const NOTHING: JobList = { jobs: [], cursor: null };

/** The next page goes behind what is here. */
export function append({ jobs }: JobList, page: JobPage): JobList {
  const known = new Set(jobs.map(({ id }) => id));
  return { jobs: [...jobs, ...page.jobs.filter(({ id }) => !known.has(id))], cursor: page.nextCursor };
}

/** The first page was read again: what is older than it stays, what is missing from it is gone. */
export function refresh(list: JobList, page: JobPage): JobList {
  const last = page.jobs.at(-1);
  if (!last || page.nextCursor === null) return { jobs: page.jobs, cursor: page.nextCursor };
  const older = list.jobs.filter((job) => newestFirst(last, job) < 0);
  if (older.length === 0) return { jobs: page.jobs, cursor: page.nextCursor };
  return { jobs: [...page.jobs, ...older], cursor: list.cursor };
}

/**
 * A job is new or has changed. One that is here stays the same object where nothing is new about it, so that its row has
 * nothing to draw.
 *
 * @param belongs whether the list is to show it where it is new to it
 * @param stays whether the list is to show it where it is in it already
 */
export function put(list: JobList, job: Job, belongs: boolean, stays: boolean): JobList {
  const { jobs, cursor } = list;
  const at = jobs.findIndex(({ id }) => id === job.id);
  if (at >= 0) return stays ? { jobs: jobs.with(at, job), cursor } : remove(list, job.id);
  const last = jobs.at(-1);
  // It will come with its page.
  const notYet = cursor !== null && last !== undefined && newestFirst(last, job) < 0;
  if (!belongs || notYet) return list;
  const place = jobs.findIndex((each) => newestFirst(job, each) < 0);
  return { jobs: jobs.toSpliced(place < 0 ? jobs.length : place, 0, job), cursor };
}

export function progress(list: JobList, id: string, share: number): JobList {
  const at = list.jobs.findIndex((job) => job.id === id);
  const job = list.jobs[at];
  if (!job || job.progress === share) return list;
  return { ...list, jobs: list.jobs.with(at, { ...job, progress: share }) };
}

export function remove(list: JobList, id: string): JobList {
  const jobs = list.jobs.filter((job) => job.id !== id);
  return jobs.length === list.jobs.length ? list : { ...list, jobs };
}

/** Ids grow with time, too. */
function newestFirst(a: Job, b: Job): number {
  if (a.createdAt !== b.createdAt) return a.createdAt > b.createdAt ? -1 : 1;
  return a.id > b.id ? -1 : a.id < b.id ? 1 : 0;
}
