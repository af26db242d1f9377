import { SqlEntityManager } from '@mikro-orm/sql';
import { HeldUpBy, ReadyRules } from '../../core/job-store';
import { JobEntity } from '../entities/job.entity';
import { OPEN } from './queue-lines';
import { WorkUnderWay, placesOf } from './work-under-way';

/** For which limit a job waits; undefined when it waits for none, or not at all. */
export async function heldUpBy(
  em: SqlEntityManager,
  id: string,
  rules: ReadyRules,
): Promise<HeldUpBy | undefined> {
  const job = await em.findOne(JobEntity, { id, status: 'queued', behind: false, availableAt: null });
  if (!job?.answer) return undefined;
  const limit = job.activeLimit ?? rules.activeJobsPerUser;
  if (limit > 0 && (await ofUserBefore(em, job)) >= limit) return { of: 'person', limit };
  const underWay = await WorkUnderWay.look(em, rules, []);
  const belonging = { ...job, chat: true };
  await underWay.learnLimits(em, placesOf(belonging));
  const full = placesOf(belonging).find((place) => underWay.isFull(place));
  return full && { of: 'place', limit: underWay.limitOf(full) };
}

/** The user's jobs that are being read, or will be before this one. */
async function ofUserBefore(em: SqlEntityManager, job: JobEntity): Promise<number> {
  const { platform, requesterId, priority, fairAt, id } = job;
  const [row] = await em.execute<{ count: number }[]>(
    `select cast(count(*) as integer) as count from job where platform = ? and requester_id = ? and (
       status = 'running'
       or ${OPEN} and (priority > ? or priority = ? and (fair_at < ? or fair_at = ? and id < ?))
     )`,
    [platform, requesterId, priority, priority, fairAt, fairAt, id],
  );
  return row?.count ?? 0;
}
