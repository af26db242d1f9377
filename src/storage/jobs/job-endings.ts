import { SqlEntityManager, raw } from '@mikro-orm/sql';
import { DRAFTED } from '../../core/fair-share';
import { JobError } from '../../core/job';
import { AnswerEntity } from '../entities/answer.entity';
import { ErasedNoteEntity } from '../entities/erased-note.entity';
import { JobEntity } from '../entities/job.entity';
import { PieceEntity } from '../entities/piece.entity';
import { SummaryEntity } from '../entities/summary.entity';
import { TranscriptEntity } from '../entities/transcript.entity';
import { forgetLanguageWithoutNotes } from '../heard-language';
import { fallDue } from '../answers/answer-due';
import { JobTransitions } from './job-transitions';
import { findJob } from './job-rows';
import { QueueLines } from './queue-lines';
import { QuotaUse } from './quota-use';

/** How jobs end without a transcript, begin anew, and vanish. */
export class JobEndings {
  constructor(
    private readonly transitions: JobTransitions,
    private readonly lines: QueueLines,
    private readonly quotaUse: QuotaUse,
  ) {}

  async end(
    em: SqlEntityManager,
    id: string,
    end: { status: 'failed'; error: JobError; owner?: string } | { status: 'cancelled' },
    now: Date,
  ): Promise<JobEntity | undefined> {
    const failed = end.status === 'failed';
    const holder = failed && end.owner !== undefined ? { leaseOwner: end.owner } : {};
    const change = { finishedAt: now, draft: null, ...(failed && { error: end.error }) };
    const job = await this.transitions.move(em, end.status, { id, ...holder }, change);
    if (!job) return undefined;
    await this.quotaUse.stopped(em, job);
    await this.transitions.tellAnswer(em, job, now);
    await em.flush();
    return job;
  }

  async retry(em: SqlEntityManager, id: string): Promise<JobEntity | undefined> {
    const job = await this.transitions.move(
      em,
      'queued',
      { id, status: { $in: ['failed', 'cancelled'] } },
      {
        attempts: 0,
        crashes: 0,
        losses: 0,
        progress: 0,
        error: null,
        outcome: null,
        language: null,
        timings: {},
        decodedSeconds: null,
        answerRevision: null,
        resultKey: null,
        resultPlace: null,
        reused: false,
        glossaryKey: null,
        priority: raw('case when priority = ? then 0 else priority end', [DRAFTED]),
        startedAt: null,
        finishedAt: null,
      },
    );
    if (!job) return undefined;
    await em.nativeDelete(PieceEntity, { job: { id } });
    if (job.transcript) await em.nativeDelete(TranscriptEntity, { id: job.transcript.id });
    await em.nativeDelete(SummaryEntity, { job: { id } });
    em.clear();
    const again = await findJob(em, { id });
    if (again) await this.quotaUse.begun(em, again);
    return again ?? undefined;
  }

  async erase(em: SqlEntityManager, id: string): Promise<JobEntity | undefined> {
    const job = await findJob(em, { id });
    if (!job) return undefined;
    const { answer, transcript } = job;
    await em.nativeDelete(JobEntity, { id });
    if (transcript) await em.nativeDelete(TranscriptEntity, { id: transcript.id });
    await this.lines.jobChanged(em, job);
    await this.quotaUse.erased(em, job);
    await forgetLanguageWithoutNotes(em, job.platform, job.authorId);
    await remember(em, job);
    if (!answer) return job;
    const others = await em.count(JobEntity, { answer: { id: answer.id } });
    // What was erased must vanish before anything else is posted: it is due since the answer was made.
    if (others > 0) await fallDue(em, answer.id, answer.createdAt);
    else await em.nativeDelete(AnswerEntity, { id: answer.id });
    return job;
  }
}

/** Whoever asks for a note asks for it again on purpose; what comes by itself must not come back. */
async function remember(em: SqlEntityManager, { dedupeKey, trigger, createdAt }: JobEntity): Promise<void> {
  if (dedupeKey && trigger === 'automatic')
    await em.upsert(ErasedNoteEntity, { dedupeKey, createdAt: createdAt.getTime() });
}
