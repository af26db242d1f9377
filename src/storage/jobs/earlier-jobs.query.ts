import { FilterQuery, SqlEntityManager } from '@mikro-orm/sql';
import { Reader } from '../../core/job-store';
import { JobEntity } from '../entities/job.entity';
import { findJob, ofPlatform } from './job-rows';

/** The latest done job with this content that the reader may see. */
export function doneJob(em: SqlEntityManager, contentKey: string, reader: Reader): Promise<JobEntity | null> {
  const { requesterId, workspace } = reader;
  const shared = workspace ? [{ workspace, confidential: false }] : [];
  const where = { contentKey, status: 'done' as const, $or: [{ requesterId }, ...shared] };
  return latest(em, { $and: [where, ofPlatform(reader.platform)] }, 'finishedAt');
}

/** The latest job that was kept under this key, begun since then, and that the reader may see. */
export function keptJob(
  em: SqlEntityManager,
  resultKey: string,
  reader: Reader,
  since: Date,
): Promise<JobEntity | null> {
  const { requesterId, workspace } = reader;
  const shared = workspace ? [{ resultPlace: workspace }] : [];
  const where: FilterQuery<JobEntity> = {
    resultKey,
    status: { $in: ['delivering', 'done'] },
    startedAt: { $gte: since },
    $or: [{ requesterId }, ...shared],
  };
  return latest(em, { $and: [where, ofPlatform(reader.platform)] }, 'startedAt');
}

async function latest(
  em: SqlEntityManager,
  where: FilterQuery<JobEntity>,
  by: 'finishedAt' | 'startedAt',
): Promise<JobEntity | null> {
  const found = await em.findOne(JobEntity, where, { orderBy: { [by]: 'desc' }, fields: ['id'] });
  return found ? findJob(em.fork(), { id: found.id }) : null;
}
