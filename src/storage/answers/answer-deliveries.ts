import { SqlEntityManager, raw } from '@mikro-orm/sql';
import { Reply } from '../../core/answer';
import { ClaimedAnswer } from '../../core/answer-store';
import { JobError, isFinished, statusesBefore } from '../../core/job';
import { Lease } from '../../core/job-store';
import { AnswerEntity } from '../entities/answer.entity';
import { JobEntity } from '../entities/job.entity';
import { JobLocks } from '../jobs/job-locks';
import { addDeliveries } from '../webhooks/job-ends';
import { withParts } from './answer-parts.query';
import { longestWait } from './due-answers.query';
import { inTerm } from './term-fence';

const RELEASED = { leaseOwner: null, leaseUntil: null, claimedRevision: null };

/** How a delivery came out. */
type Outcome =
  | { status: 'done'; revision: number; reply: Reply; milliseconds: number }
  | { status: 'failed'; revision: number; error: JobError; again?: Date };

type Ending = Pick<JobEntity, 'status' | 'finishedAt'> & Partial<Pick<JobEntity, 'error' | 'timings'>>;

/** A delivery of an answer, from its claim to its outcome. Only the owner of the lease can write. */
export class AnswerDeliveries {
  constructor(private readonly locks: JobLocks) {}

  async claim(
    em: SqlEntityManager,
    id: string,
    { owner, until, term }: Lease & { term?: number },
    now: Date,
  ): Promise<ClaimedAnswer | undefined> {
    const claimed = await em.nativeUpdate(
      AnswerEntity,
      {
        id,
        dueAt: { $ne: null },
        $or: [{ availableAt: { $lte: now } }, { availableAt: { $gt: longestWait(now) } }],
        leaseOwner: null,
        ...inTerm(term),
      },
      {
        leaseOwner: owner,
        leaseUntil: until,
        claimedRevision: raw('revision'),
        attempts: raw('attempts + 1'),
      },
    );
    if (claimed === 0) return undefined;
    const row = await em.findOneOrFail(AnswerEntity, id);
    return { answer: await withParts(em, row), revision: row.revision, attempts: row.attempts };
  }

  /** What ended after the claim keeps the answer due. */
  async settle(
    em: SqlEntityManager,
    id: string,
    owner: string,
    outcome: Outcome,
    now: Date,
  ): Promise<string[]> {
    // Before its row: whoever ends one of its jobs comes the same way.
    await this.locks.holdAnswer(em, id);
    const reply = outcome.status === 'done' ? { reply: outcome.reply } : {};
    const again = (outcome.status === 'failed' && outcome.again) || null;
    const held = { id, leaseOwner: owner };
    const settled =
      (await em.nativeUpdate(
        AnswerEntity,
        { ...held, revision: outcome.revision },
        { ...RELEASED, ...reply, attempts: 0, dueAt: again && now, availableAt: again },
      )) ||
      (await em.nativeUpdate(AnswerEntity, held, { ...RELEASED, ...reply, dueAt: now, availableAt: now }));
    if (settled === 0) return [];
    const ids = await this.endJobs(em, id, outcome, now);
    await this.dropInteraction(em, id);
    return ids;
  }

  async handBack(
    em: SqlEntityManager,
    id: string,
    owner: string,
    { availableAt, uncounted }: { availableAt: Date; uncounted?: boolean },
  ): Promise<boolean> {
    const held = { id, leaseOwner: owner };
    // Attempts at an earlier revision do not count any more.
    if (uncounted) {
      const counted = { ...held, attempts: { $gt: 0 }, claimedRevision: raw('revision') };
      await em.nativeUpdate(AnswerEntity, counted, { attempts: raw('attempts - 1') });
    }
    return (await em.nativeUpdate(AnswerEntity, held, { ...RELEASED, availableAt })) > 0;
  }

  private async endJobs(em: SqlEntityManager, id: string, outcome: Outcome, now: Date): Promise<string[]> {
    const jobs = await em.find(
      JobEntity,
      { answer: { id }, status: 'delivering', answerRevision: { $lte: outcome.revision } },
      { orderBy: { position: 'asc', createdAt: 'asc', id: 'asc' } },
    );
    const ended: string[] = [];
    for (const job of jobs) {
      const before = { id: job.id, status: { $in: statusesBefore(outcome.status) } };
      const end = ending(job, outcome, now);
      if ((await em.nativeUpdate(JobEntity, before, end)) === 0) continue;
      await addDeliveries(em, { id: job.id, ...end });
      ended.push(job.id);
    }
    em.clear();
    return ended;
  }

  /** Its token is stored no longer than it is needed. */
  private async dropInteraction(em: SqlEntityManager, id: string): Promise<void> {
    const answer = await em.findOne(AnswerEntity, id);
    if (!answer?.address.interaction) return;
    const jobs = await em.find(JobEntity, { answer: { id } }, { fields: ['status'] });
    if (!jobs.every(({ status }) => isFinished(status))) return;
    const { interaction: _, ...address } = answer.address;
    await em.nativeUpdate(AnswerEntity, { id }, { address });
  }
}

function ending(job: JobEntity, outcome: Outcome, now: Date): Ending {
  if (outcome.status === 'failed') return { status: 'failed', error: outcome.error, finishedAt: now };
  const total = now.getTime() - job.createdAt.getTime();
  const timings = { ...job.timings, deliver: outcome.milliseconds, total };
  return { status: 'done', finishedAt: now, timings };
}
