import { Injectable, Logger } from '@nestjs/common';
import { TranscriptionJob, isFinished } from './job';
import { JobEvents } from './job-events';
import { JobQueue } from './job-queue';
import { UploadStore } from './upload-store';

/** What follows from a stored change: listeners hear of it, the right queue wakes, audio that has served is removed. */
@Injectable()
export class JobChangesService {
  private readonly logger = new Logger(JobChangesService.name);

  constructor(
    private readonly events: JobEvents,
    private readonly queue: JobQueue,
    private readonly uploads: UploadStore,
  ) {}

  /** After finish, fail or cancel. */
  async ended(job: TranscriptionJob): Promise<void> {
    this.tell(job);
    if (job.answerId) this.queue.wake('delivery');
    // The next of the same author, or of a user who was at the limit, may be ready now.
    this.queue.wake('transcription');
    if (!mayBeRetried(job)) await this.removeAudio(job);
  }

  /** After a hand-back or a retry. */
  queued(job: TranscriptionJob): void {
    this.tell({ ...job, status: 'queued' });
    this.queue.wake('transcription');
  }

  /** What the storage does not let go of now, the janitor removes. */
  async removeAudio({ id: jobId, source }: TranscriptionJob): Promise<void> {
    if (source.kind !== 'upload') return;
    await this.uploads.remove(source.uploadId).catch((error: unknown) => {
      this.logger.warn({
        err: error,
        jobId,
        msg: 'The audio cannot be removed now; it will be within a day',
      });
    });
  }

  private tell({ id: jobId, answerId, status }: TranscriptionJob): void {
    this.events.publish({ type: 'status', jobId, answerId, status });
  }
}

/** Bad audio stays bad; everything else may go better another time, for which the audio is needed. */
function mayBeRetried({ status, error }: TranscriptionJob): boolean {
  return isFinished(status) && status !== 'done' && !error?.code.startsWith('media_');
}
