import { Injectable } from '@nestjs/common';
import { Answer } from './answer';
import { AnswerStore } from './answer-store';
import { JobChangesService } from './job-changes.service';
import { JobEvents, PostedReply } from './job-events';
import { JobQueue } from './job-queue';
import { JobStore } from './job-store';

/** Erases jobs with all that hangs on them. */
@Injectable()
export class ErasureService {
  constructor(
    private readonly jobs: JobStore,
    private readonly answers: AnswerStore,
    private readonly changes: JobChangesService,
    private readonly events: JobEvents,
    private readonly queue: JobQueue,
  ) {}

  /** False when there is no such job. */
  async erase(jobId: string): Promise<boolean> {
    const answerId = (await this.jobs.find(jobId))?.answerId;
    const answer = answerId === undefined ? undefined : await this.answers.find(answerId);
    const job = await this.jobs.erase(jobId);
    if (!job) return false;
    const remains = answer !== undefined && (await this.answers.find(answer.id)) !== undefined;
    this.events.publish({ type: 'erased', jobId, answerId, posted: remains ? undefined : postedOf(answer) });
    if (remains) this.queue.wake('delivery');
    await this.changes.removeAudio(job);
    return true;
  }
}

function postedOf(answer: Answer | undefined): PostedReply | undefined {
  if (!answer?.reply) return undefined;
  const { interaction: _, ...address } = answer.address;
  return { address, reply: answer.reply };
}
