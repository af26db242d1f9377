import { FilterQuery, SqlEntityManager, raw } from '@mikro-orm/sql';
import { validate } from 'uuid';
import { HarkError } from '../../core/errors';
import { JobPage, Reach, TranscriptSearch } from '../../core/job-archive';
import { DatabaseDialect } from '../dialects/database-dialect';
import { JobEntity } from '../entities/job.entity';
import { findJobs, ofPlatform } from '../jobs/job-rows';
import { toJob } from '../jobs/job.mapper';

type Condition = FilterQuery<JobEntity>;

const DELIVERED: Condition = { status: 'done', transcript: { $ne: null } };

/** One page of what somebody may see, newest first: ids grow with time. */
export async function foundWithin(
  em: SqlEntityManager,
  dialect: DatabaseDialect,
  { text, reach, limit, before }: TranscriptSearch,
): Promise<JobPage> {
  if (before !== undefined && !validate(before)) throw unknownPage();
  const place = inSight(reach, dialect);
  const each = [...(place ? [openTo(reach, place)] : []), onlyFor(reach, place)];
  const words = await dialect.search(em, text, each.length);
  const all: Condition[] = [DELIVERED, words, latest(), notOptedOut(reach.user)];
  if (before !== undefined) all.push({ id: { $lt: before } });
  const found: string[] = [];
  // Each by itself: whoever sees nothing but their own is not looked for among everything.
  for (const condition of each) {
    const rows = await em.find(
      JobEntity,
      { $and: [...all, condition] },
      { fields: ['id'], orderBy: { id: 'desc' }, limit: limit + 1 },
    );
    found.push(...rows.map(({ id }) => id));
  }
  const newest = found.sort().reverse();
  const page = newest.slice(0, limit);
  if (page.length === 0) return { jobs: [] };
  const rows = await findJobs(em.fork(), page);
  const jobs = rows.sort((a, b) => (a.id < b.id ? 1 : -1)).map(toJob);
  return { jobs, ...(newest.length > limit && { nextCursor: page.at(-1) }) };
}

/** Ids of threads with transcripts, in channels that somebody sees. */
export async function threadsWithin(
  em: SqlEntityManager,
  dialect: DatabaseDialect,
  { platform, workspace, channels }: Omit<Reach, 'threads'>,
  limit: number,
): Promise<string[]> {
  if (channels.length === 0) return [];
  const threads = await em.execute<{ thread: string }[]>(
    `select thread from job
     where platform = ? and workspace = ? and thread <> '' and transcript_id is not null
       and channel in ${dialect.textsParameter}
     group by thread order by max(id) desc limit ?`,
    [platform, workspace, JSON.stringify(channels), limit],
  );
  return threads.map(({ thread }) => thread);
}

/** What everybody in the channels may read. */
function openTo({ platform, workspace }: Reach, place: Condition): Condition {
  return { $and: [{ platform, workspace, confidential: false }, place] };
}

/**
 * What this person asked for in private, in places that they still see, and their direct messages. These are few, and
 * found by the person: other indexes would have them among everything.
 */
function onlyFor({ platform, workspace, user }: Reach, place: Condition | undefined): Condition {
  const places: Condition[] = [{ direct: true }, ...(place ? [place] : [])];
  const here = { [raw((job) => `${job}.workspace || ''`)]: workspace };
  return { $and: [{ confidential: true, requesterId: user }, ofPlatform(platform), here, { $or: places }] };
}

function inSight({ channels, threads }: Reach, dialect: DatabaseDialect): Condition | undefined {
  if (channels.length === 0) return undefined;
  const among = (column: string, values: readonly string[]): Condition => ({
    [raw((job) => `${job}.${column} in ${dialect.textsParameter}`, [JSON.stringify(values)])]: [],
  });
  const channel = among('channel', channels);
  return threads === undefined ? channel : { $and: [channel, among('thread', ['', ...threads])] };
}

/** The answer shows the newest transcript of a note; those before it are out of sight. */
function latest(): Condition {
  const condition = raw(
    (job) => `not exists (select 1 from job as newer where newer.answer_id = ${job}.answer_id
      and newer.position = ${job}.position and newer.id > ${job}.id and newer.status = 'done')`,
  );
  return { [condition]: [] };
}

/** Whoever does not want to be transcribed any more is not to be found either. */
function notOptedOut(user: string): Condition {
  const condition = raw(
    (job) => `(${job}.author_id = ? or not exists (select 1 from preference as choice
      where choice.platform = ${job}.platform and choice.kind = 'user' and choice.scope_id = ${job}.author_id
        and choice.opted_out))`,
    [user],
  );
  return { [condition]: [] };
}

function unknownPage(): HarkError {
  return new HarkError('field_invalid', 'There is no such page.', { params: { field: 'before' } });
}
