import { Injectable, Logger } from '@nestjs/common';
import { Reply } from './answer';
import { AnswerStore, ClaimedAnswer } from './answer-store';
import { Clock } from './clock';
import { HarkError } from './errors';
import { Interruption } from './interruption';
import { JobStatus } from './job';
import { JobEvents } from './job-events';
import { JobQueue } from './job-queue';
import { Lease } from './job-store';
import { retryDelayMs } from './retry-delay';
import { UndeliverableService } from './undeliverable.service';

/** Claims answers for delivery and settles what came of it. */
@Injectable()
export class DeliveryOutcomeService {
  private readonly logger = new Logger(DeliveryOutcomeService.name);

  constructor(
    private readonly answers: AnswerStore,
    private readonly events: JobEvents,
    private readonly queue: JobQueue,
    private readonly undeliverable: UndeliverableService,
    private readonly clock: Clock,
  ) {}

  claim(answerId: string, lease: Lease): Promise<ClaimedAnswer | undefined> {
    return this.answers.claim(answerId, lease, this.clock.now());
  }

  async delivered(
    { answer, revision }: ClaimedAnswer,
    owner: string,
    reply: Reply,
    milliseconds: number,
  ): Promise<void> {
    const ids = await this.answers.finish(
      answer.id,
      owner,
      { revision, reply, milliseconds },
      this.clock.now(),
    );
    this.tell(answer.id, ids, 'done');
    // Another part may have ended meanwhile.
    this.queue.wake('delivery');
  }

  async stopped(claimed: ClaimedAnswer, owner: string, thrown: unknown): Promise<void> {
    const { answer, revision, attempts } = claimed;
    const now = this.clock.now();
    if (thrown instanceof Interruption) {
      if (thrown.why === 'shutdown')
        await this.answers.handBack(answer.id, owner, { availableAt: now, uncounted: true });
      return;
    }
    const error = HarkError.from(thrown);
    const last = this.undeliverable.isFinal(error, attempts);
    const jobIds = answer.parts.map(({ job }) => job.id);
    this.logger[last ? 'error' : 'warn']({
      err: error,
      jobIds,
      platform: answer.address.platform,
      msg: 'The answer could not be delivered',
    });
    if (last) {
      const { code, userMessage: message, params } = error;
      this.tell(
        answer.id,
        await this.answers.fail(answer.id, owner, revision, { code, message, params }, now),
        'failed',
      );
      await this.undeliverable.settle(answer, error);
    } else {
      const availableAt = new Date(
        Math.max(now.getTime() + retryDelayMs(attempts), error.retryAt?.getTime() ?? 0),
      );
      await this.answers.handBack(answer.id, owner, { availableAt });
    }
    this.queue.wake('delivery');
  }

  private tell(answerId: string, jobIds: readonly string[], status: JobStatus): void {
    for (const jobId of jobIds) this.events.publish({ type: 'status', jobId, answerId, status });
  }
}
