import { SqlEntityManager } from '@mikro-orm/sql';
import { DatabaseDialect } from '../dialects/database-dialect';
import { UNDRAFTED } from './drafted-jobs';

/** What of a job never changes and decides what it is computed with. */
export interface JobPlace {
  platform: string;
  requesterId: string;
  sequenceKey?: string | null;
  answerId?: string;
}

interface PlaceRow {
  platform: string;
  requester_id: string;
  sequence_key: string | null;
  answer_id: string | null;
}

const answerLock = (id: string): string => `answer ${id}`;
export const sequenceLock = (key: string): string => `sequence ${key}`;
export const lineLock = ({ platform, requesterId }: JobPlace): string =>
  `line ${JSON.stringify([platform, requesterId])}`;

/** Takes, before anything else in a transaction and always in the same order, all that it may want to change. */
export class JobLocks {
  constructor(private readonly dialect: DatabaseDialect) {}

  /** @param ids of the jobs that are going to be changed */
  async hold(em: SqlEntityManager, ids: readonly string[]): Promise<void> {
    if (this.dialect.oneWriter || ids.length === 0) return;
    const rows = await em.execute<PlaceRow[]>(placesOf(ids.length), [...ids, ...ids]);
    const places = rows.map((row) => ({
      platform: row.platform,
      requesterId: row.requester_id,
      sequenceKey: row.sequence_key,
      answerId: row.answer_id ?? undefined,
    }));
    await this.holdPlaces(em, places);
  }

  async holdPlaces(em: SqlEntityManager, places: readonly JobPlace[]): Promise<void> {
    await this.dialect.lock(em, [
      ...each(places.map(({ answerId }) => answerId && answerLock(answerId))),
      ...each(places.map(({ sequenceKey }) => sequenceKey && sequenceLock(sequenceKey))),
      ...each(places.map(lineLock)),
    ]);
  }

  async holdAnswer(em: SqlEntityManager, id: string): Promise<void> {
    await this.dialect.lock(em, [answerLock(id)]);
  }
}

/** Also those of the next in their sequences, which may be let through into the lines of somebody else. */
function placesOf(count: number): string {
  const own = `job where id in (${Array(count).fill('?').join(', ')})`;
  return `select platform, requester_id, sequence_key, answer_id from ${own}
    union all
    select next.platform, next.requester_id, next.sequence_key, null
    from (select distinct sequence_key from ${own} and sequence_key is not null) as own
    cross join lateral (
      select platform, requester_id, sequence_key from job
      where sequence_key = own.sequence_key and status in ('queued', 'running') and ${UNDRAFTED}
      order by created_at, id limit 2
    ) as next`;
}

/** Those that there are, each once, in an order that is the same for everybody. */
function each(keys: (string | null | undefined)[]): string[] {
  return [...new Set(keys.filter((key) => typeof key === 'string'))].sort();
}
