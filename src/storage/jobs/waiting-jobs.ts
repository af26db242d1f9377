import { SqlEntityManager } from '@mikro-orm/sql';
import { ReadyRules } from '../../core/job-store';
import { Database } from '../database';
import { JobEntity } from '../entities/job.entity';
import { JobLocks } from './job-locks';
import { QueueLines } from './queue-lines';
import { firstInFairOrder } from './fair-order.query';

/** Who may start now, and who later. */
export class WaitingJobs {
  constructor(
    private readonly database: Database,
    private readonly lines: QueueLines,
    private readonly locks: JobLocks,
  ) {}

  async ready(limit: number, now: Date, rules: ReadyRules, except: readonly string[]): Promise<string[]> {
    if (limit < 1) return [];
    await this.lineUp(now);
    // Those handed out already keep their turns.
    const wanted = limit + except.length;
    const first = await this.database.read((em) => firstInFairOrder(em, wanted, rules.activeJobsPerUser));
    return first.filter((id) => !except.includes(id)).slice(0, limit);
  }

  /** Only queued jobs have a time to wait for; only running ones a lease. */
  async nextDueAt(em: SqlEntityManager, now: Date): Promise<Date | undefined> {
    const [waiting, held] = [
      await em.findOne(
        JobEntity,
        { availableAt: { $gt: now } },
        { fields: ['availableAt'], orderBy: { availableAt: 'asc' } },
      ),
      await em.find(JobEntity, { status: 'running' }, { fields: ['leaseUntil'] }),
    ];
    const times = [waiting?.availableAt, ...held.map(({ leaseUntil }) => leaseUntil)];
    return times.filter((time) => time instanceof Date).sort((a, b) => a.getTime() - b.getTime())[0];
  }

  /** Puts those whose time has come back into their lines. */
  private async lineUp(now: Date): Promise<void> {
    const due = { availableAt: { $lte: now } };
    if (!(await this.database.read((em) => em.findOne(JobEntity, due, { fields: ['id'] })))) return;
    await this.database.write(async (em) => {
      const jobs = await em.find(JobEntity, due, { fields: ['platform', 'requesterId', 'priority'] });
      const ids = jobs.map(({ id }) => id);
      await this.locks.hold(em, ids);
      // One that was begun meanwhile may have got another time to wait for.
      await em.nativeUpdate(JobEntity, { ...due, id: { $in: ids } }, { availableAt: null });
      for (const job of jobs) await this.lines.lineChanged(em, job);
    });
  }
}
