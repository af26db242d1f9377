import { SqlEntityManager } from '@mikro-orm/sql';
import { JOB_STATUSES, isFinished } from '../../core/job';
import { JobEntity } from '../entities/job.entity';

/** Jobs that ended before `time`, oldest end first. */
export async function endedBefore(em: SqlEntityManager, time: Date, limit: number): Promise<string[]> {
  const ended: { id: string; finishedAt?: Date }[] = [];
  // Of each status by itself, for so an index gives the oldest.
  for (const status of JOB_STATUSES.filter(isFinished)) {
    const jobs = await em.find(
      JobEntity,
      { status, finishedAt: { $lt: time } },
      { fields: ['id', 'finishedAt'], orderBy: { finishedAt: 'asc', id: 'asc' }, limit },
    );
    ended.push(...jobs);
  }
  const oldest = ended.sort((a, b) => Number(a.finishedAt) - Number(b.finishedAt));
  return oldest.slice(0, limit).map(({ id }) => id);
}
