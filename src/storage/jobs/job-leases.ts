import { SqlEntityManager } from '@mikro-orm/sql';
import { JobEntity } from '../entities/job.entity';
import { JobLocks } from './job-locks';
import { JobTransitions } from './job-transitions';

/** Takes jobs back from whoever holds them no more. They may start again at once. */
export class JobLeases {
  constructor(
    private readonly transitions: JobTransitions,
    private readonly locks: JobLocks,
  ) {}

  expire(em: SqlEntityManager, now: Date): Promise<string[]> {
    return this.takeBack(em, ({ leaseUntil }) => (leaseUntil ?? now) <= now);
  }

  release(em: SqlEntityManager, ownerPrefix: string): Promise<string[]> {
    return this.takeBack(em, ({ leaseOwner }) => leaseOwner?.startsWith(ownerPrefix) ?? true);
  }

  /** There are never more running jobs than workers, so all of them may be looked at. */
  private async takeBack(em: SqlEntityManager, from: (job: JobEntity) => boolean): Promise<string[]> {
    const running = await em.find(
      JobEntity,
      { status: 'running' },
      { orderBy: { createdAt: 'asc', id: 'asc' } },
    );
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
