import { SqlEntityManager } from '@mikro-orm/sql';
import { JOB_STATUSES } from '../../core/job';
import { UsageEntry } from '../../core/job-store';
import { PlatformName } from '../../core/voice-note';
import { JobEntity } from '../entities/job.entity';
import { ofPlatform } from './job-rows';

const COUNTED = JOB_STATUSES.filter((status) => status !== 'cancelled');

/** What counts against a user's quota, oldest first. */
export async function usageOf(
  em: SqlEntityManager,
  platform: PlatformName,
  userId: string,
  since: Date,
): Promise<UsageEntry[]> {
  const jobs = await em.find(
    JobEntity,
    {
      requesterId: userId,
      status: { $in: COUNTED },
      createdAt: { $gte: since },
      $and: [
        ofPlatform(platform),
        { $or: [{ status: { $ne: 'failed' } }, { decodedSeconds: { $ne: null } }] },
      ],
    },
    { fields: ['createdAt', 'decodedSeconds', 'announcedSeconds'], orderBy: { createdAt: 'asc', id: 'asc' } },
  );
  return jobs.map(({ createdAt, decodedSeconds, announcedSeconds }) => ({
    createdAt,
    seconds: decodedSeconds ?? announcedSeconds ?? 0,
  }));
}
