import { Injectable } from '@nestjs/common';
import { Answer } from './answer';
import { AudioService } from './audio.service';
import { ErrorCode } from './errors';
import { givesWay } from './fair-share';
import { TranscriptionJob, isFinished } from './job';
import { JobEvents } from './job-events';
import { JobQueue } from './job-queue';
import { Telemetry } from './telemetry';

/**
 * What follows from a stored change: listeners hear of it, whoever counts is told, the right queue wakes, audio that has
 * served is removed.
 */
@Injectable()
export class JobChangesService {
  constructor(
    private readonly events: JobEvents,
    private readonly queue: JobQueue,
    private readonly audio: AudioService,
    private readonly telemetry: Telemetry,
  ) {}

  /** After a new job was stored. */
  added(job: TranscriptionJob): void {
    this.telemetry.tell({ type: 'received', job });
    this.publish(job, { first: goesFirst(job) });
    this.queue.wake('transcription');
  }

  /** After a claim. */
  begun(job: TranscriptionJob): void {
    this.telemetry.tell({ type: 'begun', job });
    this.publish({ ...job, status: 'running' });
  }

  /** After an attempt, whatever came of it. */
  left(job: TranscriptionJob): void {
    this.telemetry.tell({ type: 'left', job });
  }

  /** After finish, fail or cancel. */
  async ended(job: TranscriptionJob): Promise<void> {
    this.telemetry.tell({ type: 'ended', job });
    this.publish(job);
    if (job.answerId) this.queue.wake('delivery');
    // The next of the same author, or of a user who was at the limit, may be ready now.
    this.queue.wake('transcription');
    if (!mayBeRetried(job) && !job.audio) await this.audio.removeAll(job);
  }

  /** After a hand-back or a retry. @param why as in the fact @param later it waits for a time before it is begun */
  queued(job: TranscriptionJob, why: string, later = false): void {
    this.telemetry.tell({ type: 'queued-again', job, why });
    this.publish({ ...job, status: 'queued' }, { first: !later && goesFirst(job) });
    this.queue.wake('transcription');
  }

  /** After a draft was stored. */
  drafted(job: TranscriptionJob): void {
    this.telemetry.tell({ type: 'queued-again', job, why: 'drafted' });
    this.publish(job, { drafted: true });
    this.queue.wake('transcription');
  }

  /** After what came of posting an answer was stored. @param jobIds those that ended with it */
  settled(
    { id: answerId, parts }: Answer,
    jobIds: readonly string[],
    result: { milliseconds: number } | { code: ErrorCode },
  ): void {
    for (const { job } of parts.filter(({ job: { id } }) => jobIds.includes(id))) {
      if ('code' in result) this.telemetry.tell({ type: 'undelivered', job, code: result.code });
      else this.telemetry.tell({ type: 'delivered', job, milliseconds: result.milliseconds });
    }
    const status = 'code' in result ? 'failed' : 'done';
    for (const id of jobIds) this.publish({ id, answerId, status });
    // Another part may have ended meanwhile.
    this.queue.wake('delivery');
  }

  /** After an answer was put off. */
  postponed(): void {
    this.queue.wake('delivery');
  }

  async removeAudio(job: TranscriptionJob): Promise<void> {
    await this.audio.removeAll(job);
  }

  private publish(
    { id: jobId, answerId, status }: Pick<TranscriptionJob, 'id' | 'answerId' | 'status'>,
    { drafted, first }: { drafted?: boolean; first?: boolean } = {},
  ): void {
    const news = { ...(drafted && { drafted }), ...(first && { first }) };
    this.events.publish({ type: 'status', jobId, answerId, status, ...news });
  }
}

/** Nobody is to wait until a draft is improved, unless for something that itself takes long. */
function goesFirst(job: TranscriptionJob): boolean {
  return !job.lengthy && !givesWay(job);
}

/** Bad audio stays bad; everything else may go better another time, for which the audio is needed. */
function mayBeRetried({ status, error }: TranscriptionJob): boolean {
  return isFinished(status) && status !== 'done' && !error?.code.startsWith('media_');
}
