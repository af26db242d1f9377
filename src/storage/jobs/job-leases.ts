import { SqlEntityManager, raw } from '@mikro-orm/sql';
import { HeldLease } from '../../core/job-store';
import { retryDelayMs } from '../../core/retry-delay';
import { heldLeases } from '../held-leases.query';
import { JobLocks } from './job-locks';
import { JobTransitions } from './job-transitions';

/** Who holds which job, and how jobs are taken back from whoever holds them no more. */
export class JobLeases {
  constructor(
    private readonly transitions: JobTransitions,
    private readonly locks: JobLocks,
  ) {}

  /**
   * There are never more running jobs than workers, so all of them may be looked at. It is asked at every wake, and so
   * it loads no jobs and locks nothing.
   */
  all(em: SqlEntityManager): Promise<HeldLease[]> {
    return heldLeases(
      em,
      `select id, lease_owner, lease_until, losses from job
       where status = 'running' order by created_at, id`,
    );
  }

  /** A lease that was renewed meanwhile is another lease. */
  async takeBack(em: SqlEntityManager, leases: readonly HeldLease[], now: Date): Promise<string[]> {
    await this.locks.hold(
      em,
      leases.map(({ id }) => id),
    );
    const taken: string[] = [];
    for (const { id, owner, until, losses = 0 } of leases) {
      const held = { id, status: 'running' as const, leaseOwner: owner, leaseUntil: until };
      const availableAt = losses > 0 ? new Date(now.getTime() + retryDelayMs(losses + 2)) : null;
      const change = { losses: raw('losses + 1'), availableAt };
      if (await this.transitions.move(em, 'queued', held, change)) taken.push(id);
    }
    return taken;
  }
}
