import { SqlEntityManager } from '@mikro-orm/sql';
import { JobEntity } from '../entities/job.entity';
import { JobTransitions } from './job-transitions';

/** Takes jobs back from whoever holds them no more. They may start again at once. */
export class JobLeases {
  constructor(private readonly transitions: JobTransitions) {}

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
    const taken: string[] = [];
    for (const { id, leaseOwner, leaseUntil } of running.filter(from)) {
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
