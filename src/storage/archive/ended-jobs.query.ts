import { SqlEntityManager } from '@mikro-orm/sql';
import { JOB_STATUSES, isFinished } from '../../core/job';
import { JobEntity } from '../entities/job.entity';

/**
 * Jobs that ended before `time`, oldest end first; then those of which there has been no more than a draft since then,
 * whose words are kept no longer than others.
 */
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
  const ids = [...oldest, ...(await draftedBefore(em, time, limit))].map(({ id }) => id);
  return ids.slice(0, limit);
}

async function draftedBefore(em: SqlEntityManager, time: Date, limit: number): Promise<{ id: string }[]> {
  const found: { id: string }[] = [];
  for (const status of ['queued', 'running'] as const) {
    const where = { status, draft: { $ne: null }, createdAt: { $lt: time } };
    found.push(
      ...(await em.find(JobEntity, where, { fields: ['id'], orderBy: { createdAt: 'asc' }, limit })),
    );
  }
  return found;
}
