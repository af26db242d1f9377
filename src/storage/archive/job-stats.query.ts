import { SqlEntityManager } from '@mikro-orm/sql';
import { JOB_STATUSES, JobStatus } from '../../core/job';
import { JobStats } from '../../core/job-archive';
import { JobEntity } from '../entities/job.entity';

/** How many of the last done jobs tell the speed. */
const LAST_DONE = 100;

interface Sum {
  status: JobStatus;
  platform: string;
  jobs: number | string;
  seconds: number;
}

/** From the sums that triggers keep. */
export async function statsOf(em: SqlEntityManager): Promise<JobStats> {
  const sums = await em.execute<Sum[]>(
    'select status, platform, sum(jobs) as jobs, sum(seconds) as seconds from job_sum group by status, platform',
  );
  const byStatus = Object.fromEntries(JOB_STATUSES.map((status) => [status, 0])) as Record<JobStatus, number>;
  const byPlatform: JobStats['byPlatform'] = {};
  let audioSeconds = 0;
  for (const { status, platform, jobs, seconds } of sums) {
    // Of erased jobs nothing stays but a zero.
    if (Number(jobs) === 0) continue;
    const sum = (byPlatform[platform] ??= { jobs: 0, audioSeconds: 0 });
    byStatus[status] += Number(jobs);
    sum.jobs += Number(jobs);
    sum.audioSeconds = inMilliseconds(sum.audioSeconds + seconds);
    audioSeconds = inMilliseconds(audioSeconds + seconds);
  }
  const realTimeFactor = await speedOf(em);
  return { byStatus, byPlatform, audioSeconds, ...(realTimeFactor !== undefined && { realTimeFactor }) };
}

/** Adding and taking away leaves traces far behind the point. */
function inMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

/** Jobs that never reached the engine, silence for instance, say nothing of its speed. */
async function speedOf(em: SqlEntityManager): Promise<number | undefined> {
  const last = await em.find(
    JobEntity,
    { status: 'done', finishedAt: { $ne: null } },
    { fields: ['timings', 'decodedSeconds'], orderBy: { finishedAt: 'desc' }, limit: LAST_DONE },
  );
  let [engine, audio] = [0, 0];
  for (const { timings, decodedSeconds } of last) {
    if (!timings.engine || !decodedSeconds) continue;
    engine += timings.engine / 1000;
    audio += decodedSeconds;
  }
  return audio > 0 ? engine / audio : undefined;
}
