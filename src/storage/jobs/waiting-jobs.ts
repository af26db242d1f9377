import { SqlEntityManager } from '@mikro-orm/sql';
import { DRAFTED, DRAFT_PATIENCE_MS } from '../../core/fair-share';
import { ReadyRules } from '../../core/job-store';
import { longestWait } from '../answers/due-answers.query';
import { Database } from '../database';
import { earliest } from '../earliest.query';
import { JobEntity } from '../entities/job.entity';
import { JobLocks } from './job-locks';
import { QueueLines } from './queue-lines';
import { firstInFairOrder } from './fair-order.query';

/** How often it is looked for drafts that have waited for long enough. */
const LOOK_FOR_DRAFTS_MS = 30_000;

interface Count {
  jobs: number;
}

/** Who may start now, and who later. */
export class WaitingJobs {
  private lookedForDraftsAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly lines: QueueLines,
    private readonly locks: JobLocks,
  ) {}

  async ready(limit: number, now: Date, rules: ReadyRules, except: readonly string[]): Promise<string[]> {
    if (limit < 1) return [];
    await this.lineUp(now);
    await this.raiseDrafts(now);
    return this.database.read((em) => firstInFairOrder(em, limit, rules, except));
  }

  /** How many are due, those that wait for another one of their user too. Counting stops at `most`. */
  count(now: Date, most: number): Promise<number> {
    return this.database.read(async (em) => {
      const [sum] = await em.execute<Count[]>(
        'select cast(coalesce(sum(jobs), 0) as integer) as jobs from job_sum where open',
      );
      // A form of the status that no index has: few wait for a time, and those are to be looked at.
      const [again] = await em.execute<Count[]>(
        `select cast(count(*) as integer) as jobs from job
         where available_at is not null and available_at <= ? and status || '' = 'queued' and behind = false`,
        [now],
      );
      return Math.min(most, (sum?.jobs ?? 0) + (again?.jobs ?? 0));
    });
  }

  /** Only queued jobs have a time to wait for. */
  nextDueAt(em: SqlEntityManager, now: Date): Promise<Date | undefined> {
    const waiting = 'select min(available_at) as due from job where available_at > ? and available_at <= ?';
    return earliest(em, [waiting], [now, longestWait(now)]);
  }

  /** Puts those whose time has come back into their lines. */
  private async lineUp(now: Date): Promise<void> {
    const due = { $or: [{ availableAt: { $lte: now } }, { availableAt: { $gt: longestWait(now) } }] };
    if (!(await this.database.read((em) => anyDue(em, now)))) return;
    await this.database.write(async (em) => {
      const jobs = await em.find(JobEntity, due, {
        fields: ['platform', 'requesterId', 'priority', 'workspace', 'channel', 'lengthy'],
      });
      const ids = jobs.map(({ id }) => id);
      await this.locks.hold(em, ids);
      // One that was begun meanwhile may have got another time to wait for.
      await em.nativeUpdate(JobEntity, { ...due, id: { $in: ids } }, { availableAt: null });
      for (const job of jobs) await this.lines.lineChanged(em, job);
    });
  }

  /** Has those stand among the notes whose drafts have given way to these for long enough: of each line its head. */
  private async raiseDrafts(now: Date): Promise<void> {
    // The clock may have been set back.
    if (Math.abs(now.getTime() - this.lookedForDraftsAt) < LOOK_FOR_DRAFTS_MS) return;
    this.lookedForDraftsAt = now.getTime();
    const patience = new Date(now.getTime() - DRAFT_PATIENCE_MS);
    const heads = await this.database.read((em) =>
      em.execute<{ id: string }[]>(
        `select job.id from queue_line join job on job.id = queue_line.head_id
         where queue_line.priority = ${DRAFTED} and job.started_at <= ?`,
        [patience],
      ),
    );
    if (heads.length === 0) return;
    const ids = heads.map(({ id }) => id);
    await this.database.write(async (em) => {
      await this.locks.hold(em, ids);
      const waiting = { id: { $in: ids }, priority: DRAFTED, status: 'queued' as const };
      const jobs = await em.find(JobEntity, waiting, {
        fields: ['platform', 'requesterId', 'priority', 'workspace', 'channel', 'lengthy'],
        disableIdentityMap: true,
      });
      await em.nativeUpdate(JobEntity, waiting, { priority: 0 });
      for (const job of jobs) {
        await this.lines.lineChanged(em, job);
        await this.lines.lineChanged(em, { ...job, priority: 0 });
      }
    });
  }
}

async function anyDue(em: SqlEntityManager, now: Date): Promise<boolean> {
  // In their order, which only the index has: PostgreSQL without statistics would rather look for one in all jobs.
  const rows = await em.execute(
    'select id from job where available_at <= ? or available_at > ? order by available_at limit 1',
    [now, longestWait(now)],
  );
  return rows.length > 0;
}
