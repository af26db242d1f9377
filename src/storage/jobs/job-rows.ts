import { EntityClass, FilterQuery, SqlEntityManager, raw } from '@mikro-orm/sql';
import { PlatformName } from '../../core/voice-note';
import { AnswerEntity } from '../entities/answer.entity';
import { JobEntity } from '../entities/job.entity';
import { TranscriptEntity } from '../entities/transcript.entity';

type Row = Record<string, unknown>;

/**
 * The jobs of one platform, in a form that no index has: a user's jobs are few, a platform's are many, and a planner
 * without statistics takes one for the other.
 */
export function ofPlatform(platform: PlatformName): FilterQuery<JobEntity> {
  return { [raw("platform || ''")]: platform };
}

/** One job with its parts. */
export async function findJob(
  em: SqlEntityManager,
  where: { id: string } | { dedupeKey: string },
): Promise<JobEntity | null> {
  const [condition, value] = 'id' in where ? ['j.id = ?', where.id] : ['j.dedupe_key = ?', where.dedupeKey];
  const [job] = await jobsWhere(em, condition, [value]);
  return job ?? null;
}

/** An answer's jobs with their parts and their segments, in the order of their places, then of their age. */
export function findJobsOfAnswer(em: SqlEntityManager, answerId: string): Promise<JobEntity[]> {
  return jobsWhere(em, 'j.answer_id = ?', [answerId], ['segments']);
}

/** Jobs with their parts, in the same order. */
export function findJobs(em: SqlEntityManager, ids: readonly string[]): Promise<JobEntity[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return jobsWhere(em, `j.id in (${ids.map(() => '?').join(', ')})`, ids);
}

/**
 * A note asks for itself several times on its way, and the ORM takes longer to put such a question together than the
 * database to answer it: so it is written down here, and the ORM only maps what comes back.
 */
async function jobsWhere(
  em: SqlEntityManager,
  condition: string,
  values: readonly string[],
  also: readonly string[] = [],
): Promise<JobEntity[]> {
  const transcript = columns(em, TranscriptEntity, 't', also);
  const rows = await em.execute<Row[]>(
    `select ${columns(em, JobEntity, 'j')}, ${columns(em, AnswerEntity, 'a')}, ${transcript}
     from job as j left join answer as a on a.id = j.answer_id left join transcript as t on t.id = j.transcript_id
     where ${condition} order by j.position, j.created_at, j.id`,
    [...values],
  );
  return rows.map((row) => {
    // Before the job, which finds them by what it refers to.
    if (row.j_answer_id !== null) em.map(AnswerEntity, part(row, 'a'));
    if (row.j_transcript_id !== null) em.map(TranscriptEntity, part(row, 't'));
    return em.map(JobEntity, part(row, 'j'));
  });
}

/** All of an entity's columns but the large ones that are not among `also`; named apart by the alias. */
function columns(
  em: SqlEntityManager,
  entity: EntityClass<object>,
  alias: string,
  also: readonly string[] = [],
): string {
  const { props } = em.getMetadata(entity);
  const own = props.filter(({ persist, lazy, name }) => persist !== false && (!lazy || also.includes(name)));
  return own
    .flatMap(({ fieldNames }) => fieldNames)
    .map((name) => `${alias}.${name} as ${alias}_${name}`)
    .join(', ');
}

function part(row: Row, alias: string): Row {
  const own = Object.entries(row).filter(([name]) => name.startsWith(`${alias}_`));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(alias.length + 1), value]));
}
