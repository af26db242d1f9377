import { SqlEntityManager } from '@mikro-orm/sql';
import { CorrectionStore, NewCorrection } from '../../core/correction-store';
import { TranscriptionJob } from '../../core/job';
import { textOf } from '../../core/transcript';
import { fallDue } from '../answers/answer-due';
import { Database } from '../database';
import { JobEntity } from '../entities/job.entity';
import { TranscriptEntity } from '../entities/transcript.entity';
import { JobLocks } from './job-locks';
import { toJob } from './job.mapper';

const WORDS = [
  'answer',
  'transcript',
  'transcript.segments',
  'transcript.heardText',
  'transcript.heardSegments',
] as const;

/** Corrections, in the transcripts' own rows. Every one is one transaction. */
export class CorrectionRepository extends CorrectionStore {
  private readonly locks: JobLocks;

  constructor(private readonly database: Database) {
    super();
    this.locks = new JobLocks(database.dialect);
  }

  correct(
    jobId: string,
    { segments, by, basedOn }: NewCorrection,
    now: Date,
  ): Promise<TranscriptionJob | undefined> {
    return this.change(jobId, now, (transcript) => {
      if (transcript.text !== basedOn) return false;
      // A copy of what was corrected elsewhere was not heard so.
      if (!transcript.correctedBy) {
        transcript.heardText = transcript.text;
        transcript.heardSegments = transcript.segments;
      }
      transcript.segments = [...segments];
      transcript.text = textOf(segments);
      transcript.correctedBy = by;
      transcript.correctedAt = now;
      return true;
    });
  }

  async restore(jobId: string, now: Date): Promise<TranscriptionJob | undefined> {
    const job = await this.change(jobId, now, (transcript) => {
      if (typeof transcript.heardText !== 'string') return false;
      transcript.text = transcript.heardText;
      transcript.segments = transcript.heardSegments ?? [];
      transcript.heardText = null;
      transcript.heardSegments = null;
      transcript.correctedBy = null;
      transcript.correctedAt = null;
      return true;
    });
    // Somebody took their words back.
    if (job) await this.database.purge();
    return job;
  }

  private change(
    id: string,
    now: Date,
    change: (transcript: TranscriptEntity) => boolean,
  ): Promise<TranscriptionJob | undefined> {
    return this.database.write(async (em) => {
      await this.locks.hold(em, [id]);
      const job = await em.findOne(JobEntity, { id }, { populate: [...WORDS] });
      if (!job?.transcript || !isRead(job) || !change(job.transcript)) return undefined;
      await em.flush();
      return told(em, job, now);
    });
  }
}

function isRead({ status }: JobEntity): boolean {
  return status === 'delivering' || status === 'done';
}

async function told(em: SqlEntityManager, job: JobEntity, now: Date): Promise<TranscriptionJob> {
  if (job.answer) await fallDue(em, job.answer.id, now);
  return toJob(job);
}
