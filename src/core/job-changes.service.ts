import { Injectable } from '@nestjs/common';
import { AudioService } from './audio.service';
import { TranscriptionJob, isFinished } from './job';
import { JobEvents } from './job-events';
import { JobQueue } from './job-queue';

/** What follows from a stored change: listeners hear of it, the right queue wakes, audio that has served is removed. */
@Injectable()
export class JobChangesService {
  constructor(
    private readonly events: JobEvents,
    private readonly queue: JobQueue,
    private readonly audio: AudioService,
  ) {}

  /** After finish, fail or cancel. */
  async ended(job: TranscriptionJob): Promise<void> {
    this.tell(job);
    if (job.answerId) this.queue.wake('delivery');
    // The next of the same author, or of a user who was at the limit, may be ready now.
    this.queue.wake('transcription');
    if (!mayBeRetried(job) && !job.audio) await this.audio.removeAll(job);
  }

  /** After a hand-back or a retry. */
  queued(job: TranscriptionJob): void {
    this.tell({ ...job, status: 'queued' });
    this.queue.wake('transcription');
  }

  async removeAudio(job: TranscriptionJob): Promise<void> {
    await this.audio.removeAll(job);
  }

  private tell({ id: jobId, answerId, status }: TranscriptionJob): void {
    this.events.publish({ type: 'status', jobId, answerId, status });
  }
}

/** Bad audio stays bad; everything else may go better another time, for which the audio is needed. */
function mayBeRetried({ status, error }: TranscriptionJob): boolean {
  return isFinished(status) && status !== 'done' && !error?.code.startsWith('media_');
}
