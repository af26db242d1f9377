import { EntityData, SqlEntityManager, raw } from '@mikro-orm/sql';
import { DRAFTED, SLOW_SECONDS, isLengthy, lengthMs } from '../../core/fair-share';
import { Draft, JobError } from '../../core/job';
import { AttemptResult, Lease, SavedPiece } from '../../core/job-store';
import { JobEntity } from '../entities/job.entity';
import { PieceEntity } from '../entities/piece.entity';
import { TranscriptEntity } from '../entities/transcript.entity';
import { fallDue } from '../answers/answer-due';
import { noNoteWaits } from './drafted-jobs';
import { JobTransitions } from './job-transitions';
import { QuotaUse } from './quota-use';

/** An attempt at a job, from its claim to what it found. Only the owner of the lease can write. */
export class JobAttempts {
  constructor(
    private readonly transitions: JobTransitions,
    private readonly quotaUse: QuotaUse,
  ) {}

  async claim(em: SqlEntityManager, id: string, lease: Lease, now: Date): Promise<JobEntity | undefined> {
    const job = await this.transitions.move(
      em,
      'running',
      {
        id,
        $and: [
          { $or: [{ availableAt: null }, { availableAt: { $lte: now } }] },
          { $or: [{ priority: { $gt: DRAFTED } }, noNoteWaits()] },
        ],
      },
      {
        attempts: raw('attempts + 1'),
        leaseOwner: lease.owner,
        leaseUntil: lease.until,
        startedAt: raw('coalesce(started_at, ?)', [now]),
        progress: 0,
      },
    );
    if (job) await em.nativeDelete(PieceEntity, { job: { id } });
    return job;
  }

  async renewLease(em: SqlEntityManager, id: string, { owner, until }: Lease): Promise<boolean> {
    return (await em.nativeUpdate(JobEntity, held(id, owner), { leaseUntil: until })) > 0;
  }

  async savePiece(
    em: SqlEntityManager,
    id: string,
    owner: string,
    { index, segments, progress, media, claimedSeconds = 0 }: SavedPiece,
  ): Promise<boolean> {
    const { seconds } = media;
    const probably = seconds === undefined ? undefined : Math.max(seconds, claimedSeconds);
    const change = { progress, media, decodedSeconds: seconds ?? null, ...atLeast(probably) };
    if ((await em.nativeUpdate(JobEntity, held(id, owner), change)) === 0) return false;
    await this.quotaUse.reading(em, id, seconds);
    await em.upsert(PieceEntity, { job: id, index, segments });
    return true;
  }

  async lengthen(em: SqlEntityManager, id: string, owner: string): Promise<boolean> {
    const change = { ...atLeast(SLOW_SECONDS), lengthy: true };
    return (await em.nativeUpdate(JobEntity, held(id, owner), change)) > 0;
  }

  async finish(
    em: SqlEntityManager,
    id: string,
    owner: string,
    { outcome, transcript, media, timings, keptAs, audio, reused, glossaryKey }: AttemptResult,
    now: Date,
  ): Promise<JobEntity | undefined> {
    const found = {
      outcome,
      media,
      timings,
      language: transcript.language ?? null,
      decodedSeconds: media.seconds ?? transcript.seconds,
      progress: 1,
      draft: null,
      error: null,
      resultKey: keptAs?.key ?? null,
      resultPlace: keptAs?.place ?? null,
      audioId: audio?.id ?? null,
      audioBytes: audio?.bytes ?? null,
      reused: reused ?? false,
      glossaryKey: glossaryKey ?? null,
    };
    const running = await runningFor(em, id, owner);
    if (!running) return undefined;
    const { answer_id: answer } = running;
    // The answer is to show it.
    const answerRevision = answer === null ? null : await fallDue(em, answer, now);
    const heard = new TranscriptEntity(transcript);
    await em.persist(heard).flush();
    const change = { ...found, transcript: heard.id, answerRevision };
    const job =
      answer === null
        ? await this.transitions.move(em, 'done', held(id, owner), { ...change, finishedAt: now })
        : await this.transitions.move(em, 'delivering', held(id, owner), change);
    // Nothing of this is stored then.
    if (!job) throw new Error('The job went while its end was being stored');
    await this.quotaUse.heard(em, id, found.decodedSeconds);
    await em.nativeDelete(PieceEntity, { job: { id } });
    return job;
  }

  async saveDraft(
    em: SqlEntityManager,
    id: string,
    owner: string,
    draft: Draft,
    now: Date,
  ): Promise<JobEntity | undefined> {
    const before = await em.findOne(JobEntity, { id }, { fields: ['createdAt', 'timings'] });
    if (!before) return undefined;
    const milliseconds = Math.max(0, now.getTime() - before.createdAt.getTime());
    const timings = { ...before.timings, draft: milliseconds };
    em.clear();
    const { seconds } = draft.media;
    const job = await this.transitions.move(em, 'queued', held(id, owner), {
      draft,
      timings,
      media: draft.media,
      decodedSeconds: seconds ?? null,
      priority: DRAFTED,
      availableAt: null,
      attempts: raw('attempts - 1'),
    });
    if (job) await this.quotaUse.reading(em, id, seconds);
    return job;
  }

  async handBack(
    em: SqlEntityManager,
    id: string,
    owner: string,
    back: { availableAt: Date; error?: JobError; uncounted?: boolean; crashed?: boolean },
  ): Promise<boolean> {
    const job = await this.transitions.move(em, 'queued', held(id, owner), {
      availableAt: back.availableAt,
      ...(back.error && { error: back.error }),
      ...(back.uncounted && { attempts: raw('attempts - 1') }),
      ...(back.crashed && { crashes: raw('crashes + 1') }),
    });
    return job !== undefined;
  }
}

/**
 * The job lasts for so long or longer, with what hangs on it: which class it belongs to, and how soon it is begun when it
 * has to be begun again. Never shorter than was known before, for only a part of it may have been decoded.
 */
function atLeast(seconds: number | undefined): EntityData<JobEntity> {
  if (seconds === undefined) return {};
  const length = lengthMs(seconds);
  return {
    ...(isLengthy(seconds) && { lengthy: true }),
    length: raw('case when length < ? then ? else length end', [length, length]),
    fairAt: raw('case when length < ? then fair_at - length + ? else fair_at end', [length, length]),
  };
}

/**
 * The job, where the owner still holds it. Whoever wants to take it away waits for the end of this transaction, which has
 * locked what the job is computed with.
 */
async function runningFor(
  em: SqlEntityManager,
  id: string,
  owner: string,
): Promise<{ answer_id: string | null } | undefined> {
  const [row] = await em.execute<{ answer_id: string | null }[]>(
    "select answer_id from job where id = ? and status = 'running' and lease_owner = ?",
    [id, owner],
  );
  return row;
}

function held(id: string, owner: string): { id: string; status: 'running'; leaseOwner: string } {
  return { id, status: 'running', leaseOwner: owner };
}
