import { FilterQuery, SqlEntityManager } from '@mikro-orm/sql';
import { JOB_STATUSES, JobStatus } from '../../core/job';
import { JobPage, JobQuery } from '../../core/job-archive';
import { DatabaseDialect } from '../dialects/database-dialect';
import { JobEntity } from '../entities/job.entity';
import { findJobs, ofPlatform } from '../jobs/job-rows';
import { toJob } from '../jobs/job.mapper';
import { PageCursor, writeCursor } from './page-cursor';
import { onPage } from './page-conditions';

/** Jobs that may be many and have no transcript. */
const WORDLESS: readonly JobStatus[] = ['queued', 'running'];

/**
 * One page, newest first. Each status, and each part that the user may have had, is asked for by itself, for so an
 * index gives its newest jobs in order, however many there are.
 */
export async function pageOf(
  em: SqlEntityManager,
  dialect: DatabaseDialect,
  query: JobQuery,
): Promise<JobPage> {
  const found = new Map<string, PageCursor>();
  const each = branches(query);
  const all = [...conditions(query), ...(await textConditions(em, dialect, query, each.length))];
  for (const branch of each) {
    const rows = await em.find(
      JobEntity,
      { $and: [branch, ...all] },
      { fields: ['id', 'createdAt'], orderBy: { createdAt: 'desc', id: 'desc' }, limit: query.limit + 1 },
    );
    for (const { id, createdAt } of rows) found.set(id, { id, createdAt });
  }
  const newest = [...found.values()].sort(newestFirst).slice(0, query.limit + 1);
  const page = newest.slice(0, query.limit);
  if (page.length === 0) return { jobs: [] };
  const rows = await findJobs(
    em.fork(),
    page.map(({ id }) => id),
  );
  const last = newest.length > query.limit ? page.at(-1) : undefined;
  return { jobs: rows.sort(newestFirst).map(toJob), ...(last && { nextCursor: writeCursor(last) }) };
}

function branches({ status, user, platform, text }: JobQuery): FilterQuery<JobEntity>[] {
  const users = user === undefined ? [{}] : [{ requesterId: user }, { authorId: user }];
  // The indexes by user and by platform have the status before the time.
  const all = user === undefined && platform === undefined ? undefined : JOB_STATUSES;
  const asked = [...new Set(status?.length ? status : all)];
  const possible = asked.filter((each) => text === undefined || !WORDLESS.includes(each));
  const statuses = asked.length > 0 ? possible.map((each) => ({ status: each })) : [{}];
  return users.flatMap((one) => statuses.map((other) => ({ ...one, ...other })));
}

function conditions(query: JobQuery): FilterQuery<JobEntity>[] {
  const { platform } = query;
  if (platform === undefined) return onPage(query);
  return [query.user === undefined ? { platform } : ofPlatform(platform), ...onPage(query)];
}

async function textConditions(
  em: SqlEntityManager,
  dialect: DatabaseDialect,
  { text, includePrivate }: JobQuery,
  times: number,
): Promise<FilterQuery<JobEntity>[]> {
  if (text === undefined) return [];
  const spoken = { transcript: { $ne: null } };
  const open = includePrivate ? [] : [{ confidential: false }];
  return [spoken, await dialect.search(em, text, times), ...open];
}

function newestFirst(a: PageCursor, b: PageCursor): number {
  return b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1);
}
