import { SqlEntityManager } from '@mikro-orm/sql';
import { HarkError } from '../../core/errors';
import { Admission, NewJob } from '../../core/job-store';
import { AnswerEntity, answerKey } from '../entities/answer.entity';
import { ErasedNoteEntity } from '../entities/erased-note.entity';
import { JobEntity } from '../entities/job.entity';
import { findJob } from './job-rows';
import { JobLocks } from './job-locks';
import { QueueLines } from './queue-lines';
import { QuotaUse } from './quota-use';

/** Stores new jobs, each once. */
export class JobIntake {
  constructor(
    private readonly lines: QueueLines,
    private readonly locks: JobLocks,
    private readonly quotaUse: QuotaUse,
  ) {}

  async add(
    em: SqlEntityManager,
    job: NewJob,
    admission: Admission | undefined,
  ): Promise<{ row: JobEntity; created: boolean }> {
    const known = job.dedupeKey === undefined ? null : await findJob(em, { dedupeKey: job.dedupeKey });
    if (known) return { row: known, created: false };
    if (await wasErased(em, job)) throw new HarkError('note_erased', 'The note has been erased.');
    if (admission) await this.quotaUse.admit(em, admission);
    const answer = await this.answerOf(em, job);
    const row = new JobEntity(job, answer);
    await this.locks.holdPlaces(em, [{ ...row, answerId: answer?.id }]);
    await em.persist(row).flush();
    await this.quotaUse.begun(em, row);
    await this.lines.jobChanged(em, row);
    return { row, created: true };
  }

  /** The answer of the job that is replaced, or of the same message, or a new one. */
  private async answerOf(
    em: SqlEntityManager,
    { note, createdAt }: NewJob,
  ): Promise<AnswerEntity | undefined> {
    if (!note.replyTo) return undefined;
    const replaced = note.replaces === undefined ? null : await findJob(em, { id: note.replaces });
    const answer = replaced?.answer ?? (await em.findOne(AnswerEntity, { key: answerKey(note.replyTo) }));
    if (!answer) return new AnswerEntity(note.replyTo, createdAt);
    if (note.replyTo.interaction) answer.address = note.replyTo;
    return answer;
  }
}

async function wasErased(em: SqlEntityManager, { note, dedupeKey }: NewJob): Promise<boolean> {
  if (dedupeKey === undefined || note.trigger !== 'automatic') return false;
  return (await em.count(ErasedNoteEntity, { dedupeKey })) > 0;
}
