import { SqlEntityManager } from '@mikro-orm/sql';
import { TURN_HORIZON_MS } from '../../core/fair-share';
import { JobEntity } from '../entities/job.entity';
import { DatabaseDialect } from '../dialects/database-dialect';
import { UNDRAFTED } from './drafted-jobs';
import { lineLock, sequenceLock } from './job-locks';

/** Which line a job stands in. */
export type LinePlace = Pick<
  JobEntity,
  'platform' | 'requesterId' | 'priority' | 'workspace' | 'channel' | 'lengthy'
>;

type MovedRow = Omit<LinePlace, 'requesterId'> & { requester_id: string };

/** What decides whether a job may start, as far as time does not: the same words as in the index `job_in_line`. */
export const OPEN = "status = 'queued' and behind = false and available_at is null";

/** As `dueAt` says it. */
const DUE = `case when ? + head_length > head_fair_at - ${TURN_HORIZON_MS} then ? + head_length
  else head_fair_at - ${TURN_HORIZON_MS} end`;

/** Keeps `queue_line` and `behind` true to the job table. Called in the transaction that changed a job. */
export class QueueLines {
  constructor(private readonly dialect: DatabaseDialect) {}

  /** After the job was added, began, ended, waits, or went. */
  async jobChanged(em: SqlEntityManager, job: LinePlace & Pick<JobEntity, 'sequenceKey'>): Promise<void> {
    const moved = job.sequenceKey ? await this.sequenceChanged(em, job.sequenceKey) : [];
    // Mostly they stand in the same line.
    const places = new Map([...moved, job].map((place) => [keyOf(place), place]));
    for (const place of places.values()) await this.lineChanged(em, place);
  }

  /** Lets the first unfinished job of the sequence through, and only that one. The places of those that moved. */
  private async sequenceChanged(em: SqlEntityManager, key: string): Promise<LinePlace[]> {
    await this.dialect.lock(em, [sequenceLock(key)]);
    // What is left of those with a draft nobody has to wait for.
    const unfinished = `sequence_key = ? and status in ('queued', 'running') and ${UNDRAFTED}`;
    const first = `(select id from job where ${unfinished} order by created_at, id limit 1)`;
    const moved: LinePlace[] = [];
    for (const [behind, which] of [
      [true, `behind = false and id <> ${first}`],
      [false, `behind = true and id = ${first}`],
    ]) {
      const rows = await em.execute<MovedRow[]>(
        `update job set behind = ${behind} where ${unfinished} and ${which}
         returning platform, requester_id, priority, workspace, channel, lengthy`,
        [key, key],
      );
      for (const { requester_id: requesterId, ...row } of rows) moved.push({ ...row, requesterId });
    }
    return moved;
  }

  /** Puts the job that comes first among those that may start at the head of its line, or removes the line. */
  async lineChanged(em: SqlEntityManager, place: LinePlace): Promise<void> {
    const { platform, requesterId, priority, workspace, channel, lengthy } = place;
    const user = { platform, requesterId };
    await this.dialect.lock(em, [lineLock({ platform, requesterId })]);
    const { running, servedAt } = await turnsOf(em, user);
    const line = [platform, requesterId, priority, workspace, channel];
    const ofLine = `platform = ? and requester_id = ? and priority = ? and workspace = ? and channel = ?
      and lengthy = ${Boolean(lengthy)}`;
    await em.execute(`delete from queue_line where ${ofLine}`, line);
    await em.execute(
      `insert into queue_line (platform, requester_id, priority, workspace, channel, lengthy, chat, active_limit,
        running, served_at, due_at, head_id, head_fair_at, head_length)
       select platform, requester_id, priority, workspace, channel, lengthy, answer_id is not null, active_limit,
        0, 0, 0, id, fair_at, length
       from job where ${OPEN} and ${ofLine} order by fair_at, id limit 1`,
      line,
    );
    await em.execute(
      `update queue_line set running = ?, served_at = ?, due_at = ${DUE} where platform = ? and requester_id = ?`,
      [running, servedAt, servedAt, servedAt, platform, requesterId],
    );
  }
}

function keyOf({ platform, requesterId, priority, workspace, channel, lengthy }: LinePlace): string {
  return JSON.stringify([platform, requesterId, priority, workspace, channel, Boolean(lengthy)]);
}

/** How many of the user's jobs run, and when one was last begun, in milliseconds since 1970; 0 = never. */
async function turnsOf(
  em: SqlEntityManager,
  { platform, requesterId }: Pick<JobEntity, 'platform' | 'requesterId'>,
): Promise<{ running: number; servedAt: number }> {
  const user = [platform, requesterId];
  const [row] = await em.execute<{ running: number; served_at: Date | number | string | null }[]>(
    `select
       (select cast(count(*) as integer) from job
        where status = 'running' and platform = ? and requester_id = ?) as running,
       (select max(started_at) from job where platform = ? and requester_id = ?) as served_at`,
    [...user, ...user],
  );
  return { running: row?.running ?? 0, servedAt: new Date(row?.served_at ?? 0).getTime() };
}
