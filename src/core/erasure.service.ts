import { Injectable } from '@nestjs/common';
import { JobChangesService } from './job-changes.service';
import { JobEvents } from './job-events';
import { JobQueue } from './job-queue';
import { JobStore } from './job-store';
import { PostedRepliesService } from './posted-replies.service';

/** Erases jobs with all that hangs on them. */
@Injectable()
export class ErasureService {
  constructor(
    private readonly jobs: JobStore,
    private readonly posted: PostedRepliesService,
    private readonly changes: JobChangesService,
    private readonly events: JobEvents,
    private readonly queue: JobQueue,
  ) {}

  /** False when there is no such job. */
  async erase(jobId: string): Promise<boolean> {
    const answerId = (await this.jobs.find(jobId))?.answerId;
    const before = await this.posted.of(jobId, answerId);
    const job = await this.jobs.erase(jobId);
    if (!job) return false;
    const remains = answerId !== undefined && (await this.posted.stands(answerId));
    const { reply, summaries } = before;
    this.events.publish({ type: 'erased', jobId, answerId, posted: remains ? undefined : reply, summaries });
    if (remains) this.queue.wake('delivery');
    await this.changes.removeAudio(job);
    return true;
  }
}
