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
  seconds: number | null;
}

export async function statsOf(em: SqlEntityManager): Promise<JobStats> {
  const sums = await em.execute<Sum[]>(
    `select status, platform, count(*) as jobs, sum(decoded_seconds) as seconds from job group by status, platform`,
  );
  const byStatus = Object.fromEntries(JOB_STATUSES.map((status) => [status, 0])) as Record<JobStatus, number>;
  const byPlatform: JobStats['byPlatform'] = {};
  let audioSeconds = 0;
  for (const { status, platform, jobs, seconds } of sums) {
    const audio = status === 'done' ? (seconds ?? 0) : 0;
    const sum = (byPlatform[platform] ??= { jobs: 0, audioSeconds: 0 });
    byStatus[status] += Number(jobs);
    sum.jobs += Number(jobs);
    sum.audioSeconds += audio;
    audioSeconds += audio;
  }
  const realTimeFactor = await speedOf(em);
  return { byStatus, byPlatform, audioSeconds, ...(realTimeFactor !== undefined && { realTimeFactor }) };
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
