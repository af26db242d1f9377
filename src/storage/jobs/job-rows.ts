import { FilterQuery, SqlEntityManager, raw } from '@mikro-orm/sql';
import { PlatformName } from '../../core/voice-note';
import { JobEntity } from '../entities/job.entity';

/** What a job is shown with; the segments stay where they are. */
const PARTS = ['answer', 'transcript'] as const;

/**
 * The jobs of one platform, in a form that no index has: a user's jobs are few, a platform's are many, and a planner
 * without statistics takes one for the other.
 */
export function ofPlatform(platform: PlatformName): FilterQuery<JobEntity> {
  return { [raw("platform || ''")]: platform };
}

export function findJob(em: SqlEntityManager, where: FilterQuery<JobEntity>): Promise<JobEntity | null> {
  return em.findOne(JobEntity, where, { populate: [...PARTS] });
}

export function findJobs(em: SqlEntityManager, where: FilterQuery<JobEntity>): Promise<JobEntity[]> {
  return em.find(JobEntity, where, {
    populate: [...PARTS],
    orderBy: { position: 'asc', createdAt: 'asc', id: 'asc' },
  });
}
