import type { Query } from '../api/client';
import type { Job, Status } from '../api/types';

export type Period = '' | 'day' | 'week' | 'month';

/** What the list is narrowed to. Empty strings narrow nothing. */
export interface Filter {
  q: string;
  status: '' | 'open' | Status;
  platform: string;
  period: Period;
  user: string;
}

export const NO_FILTER: Filter = { q: '', status: '', platform: '', period: '', user: '' };

const DAY_MS = 24 * 3_600_000;
const LENGTHS: Record<Exclude<Period, ''>, number> = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS };
const OPEN: readonly Status[] = ['queued', 'running', 'delivering'];

export function isEmpty(filter: Filter): boolean {
  return Object.values(filter).every((value) => value === '');
}

/** As `GET /jobs` takes it. */
export function queryOf({ q, status, platform, period, user }: Filter, now: Date): Query {
  const since = period === '' ? undefined : new Date(now.getTime() - LENGTHS[period]).toISOString();
  return {
    q: q.trim(),
    status: status === 'open' ? OPEN.join(',') : status,
    platform,
    user: user.trim(),
    since,
  };
}

/**
 * Whether a job that is new belongs into the list. Words are searched by the service alone: what is new while somebody
 * searches is not shown.
 */
export function fits(job: Job, { q, status, platform, user }: Filter): boolean {
  if (q.trim() !== '') return false;
  if (status !== '' && !(status === 'open' ? OPEN.includes(job.status) : job.status === status)) return false;
  if (platform !== '' && job.platform !== platform) return false;
  return user.trim() === '' || [job.user.id, job.author.id].includes(user.trim());
}
