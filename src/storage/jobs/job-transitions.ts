import { EntityData, FilterQuery, SqlEntityManager } from '@mikro-orm/sql';
import { JobStatus, statusesBefore } from '../../core/job';
import { fallDue } from '../answers/answer-due';
import { addDeliveries } from '../webhooks/job-ends';
import { JobEntity } from '../entities/job.entity';
import { findJob } from './job-rows';
import { QueueLines } from './queue-lines';

/** What a job has lost when it is not running any more. */
const NO_LEASE = { leaseOwner: null, leaseUntil: null };

/** Moves jobs along `JOB_TRANSITIONS`, each by one conditional update, and what depends on it in the same transaction. */
export class JobTransitions {
  constructor(private readonly lines: QueueLines) {}

  /** Undefined when the job is in no status from which `to` can be reached, or `where` does not hold. */
  async move(
    em: SqlEntityManager,
    to: JobStatus,
    where: FilterQuery<JobEntity> & { id: string },
    change: EntityData<JobEntity>,
  ): Promise<JobEntity | undefined> {
    const changed = await em.nativeUpdate(
      JobEntity,
      { $and: [{ status: { $in: statusesBefore(to) } }, where] },
      {
        ...(to === 'running' ? {} : NO_LEASE),
        ...(to === 'queued' ? {} : { availableAt: null }),
        ...change,
        status: to,
      },
    );
    if (changed === 0) return undefined;
    const job = await findJob(em, { id: where.id });
    if (!job) return undefined;
    await this.lines.jobChanged(em, job);
    await addDeliveries(em, job);
    return job;
  }

  /** The answer is to show how the job ended. */
  async tellAnswer(em: SqlEntityManager, job: JobEntity, now: Date): Promise<void> {
    if (job.answer) job.answerRevision = await fallDue(em, job.answer.id, now);
  }
}
