import { FilterQuery, SqlEntityManager } from '@mikro-orm/sql';
import { JobEntity } from '../entities/job.entity';
import { JobLocks } from './job-locks';
import { JobTransitions } from './job-transitions';

/** Takes jobs back from whoever holds them no more. They may start again at once. */
export class JobLeases {
  constructor(
    private readonly transitions: JobTransitions,
    private readonly locks: JobLocks,
  ) {}

  /** Whether there is anything to take back. It is asked at every wake, and so it loads nothing and locks nothing. */
  async anyExpired(em: SqlEntityManager, now: Date): Promise<boolean> {
    const expired = "status = 'running' and (lease_until is null or lease_until <= ?)";
    return (await em.execute<object[]>(`select 1 from job where ${expired} limit 1`, [now])).length > 0;
  }

  expire(em: SqlEntityManager, now: Date): Promise<string[]> {
    return this.takeBack(em, expired(now), () => true);
  }

  release(em: SqlEntityManager, ownerPrefix: string): Promise<string[]> {
    const held = { status: 'running' as const };
    return this.takeBack(em, held, ({ leaseOwner }) => leaseOwner?.startsWith(ownerPrefix) ?? true);
  }

  private async takeBack(
    em: SqlEntityManager,
    where: FilterQuery<JobEntity>,
    from: (job: JobEntity) => boolean,
  ): Promise<string[]> {
    const running = await em.find(JobEntity, where, { orderBy: { createdAt: 'asc', id: 'asc' } });
    em.clear();
    const lost = running.filter(from);
    await this.locks.hold(
      em,
      lost.map(({ id }) => id),
    );
    const taken: string[] = [];
    for (const { id, leaseOwner, leaseUntil } of lost) {
      // A lease that was renewed meanwhile is another lease.
      const job = await this.transitions.move(
        em,
        'queued',
        { id, status: 'running', leaseOwner, leaseUntil },
        {},
      );
      if (job) taken.push(id);
    }
    return taken;
  }
}

function expired(now: Date): FilterQuery<JobEntity> {
  return { status: 'running', $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now } }] };
}
