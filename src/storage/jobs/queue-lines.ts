import { SqlEntityManager } from '@mikro-orm/sql';
import { JobEntity } from '../entities/job.entity';
import { DatabaseDialect } from '../dialects/database-dialect';
import { lineLock, sequenceLock } from './job-locks';

/** Whose line a job stands in. */
export type LinePlace = Pick<JobEntity, 'platform' | 'requesterId' | 'priority'>;

interface MovedRow {
  platform: string;
  requester_id: string;
  priority: number;
}

/** What decides whether a job may start, as far as time does not: the same words as in the index `job_open`. */
export const OPEN = "status = 'queued' and behind = false and available_at is null";

/** Keeps `queue_line` and `behind` true to the job table. Called in the transaction that changed a job. */
export class QueueLines {
  constructor(private readonly dialect: DatabaseDialect) {}

  /** After the job was added, began, ended, waits, or went. */
  async jobChanged(em: SqlEntityManager, job: LinePlace & Pick<JobEntity, 'sequenceKey'>): Promise<void> {
    if (job.sequenceKey) await this.sequenceChanged(em, job.sequenceKey);
    await this.lineChanged(em, job);
  }

  /** Lets the first unfinished job of the sequence through, and only that one. */
  private async sequenceChanged(em: SqlEntityManager, key: string): Promise<void> {
    await this.dialect.lock(em, [sequenceLock(key)]);
    const unfinished = "sequence_key = ? and status in ('queued', 'running')";
    const first = `(select id from job where ${unfinished} order by created_at, id limit 1)`;
    const moved: LinePlace[] = [];
    for (const [behind, which] of [
      [true, `behind = false and id <> ${first}`],
      [false, `behind = true and id = ${first}`],
    ]) {
      const rows = await em.execute<MovedRow[]>(
        `update job set behind = ${behind} where ${unfinished} and ${which}
         returning platform, requester_id, priority`,
        [key, key],
      );
      for (const row of rows) moved.push({ ...row, requesterId: row.requester_id });
    }
    for (const place of moved) await this.lineChanged(em, place);
  }

  /** Puts the oldest job that may start at the head of its line, or removes the line. */
  async lineChanged(em: SqlEntityManager, { platform, requesterId, priority }: LinePlace): Promise<void> {
    const user = [platform, requesterId];
    await this.dialect.lock(em, [lineLock({ platform, requesterId })]);
    const ofLine = 'platform = ? and requester_id = ? and priority = ?';
    const running = `(select count(*) from job where status = 'running' and platform = ? and requester_id = ?)`;
    const served = '(select max(started_at) from job where platform = ? and requester_id = ?)';
    await em.execute(`delete from queue_line where ${ofLine}`, [...user, priority]);
    await em.execute(
      `insert into queue_line (platform, requester_id, priority, chat, running, served_at, head_id, head_at)
       select platform, requester_id, priority, answer_id is not null, ${running}, ${served}, id, created_at
       from job where ${OPEN} and ${ofLine} order by created_at, id limit 1`,
      [...user, ...user, ...user, priority],
    );
    await em.execute(
      `update queue_line set running = ${running}, served_at = ${served} where platform = ? and requester_id = ?`,
      [...user, ...user, ...user],
    );
  }
}
