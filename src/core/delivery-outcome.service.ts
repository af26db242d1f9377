import { Injectable, Logger } from '@nestjs/common';
import { Reply } from './answer';
import { AnswerStore, ClaimedAnswer } from './answer-store';
import { Clock } from './clock';
import { DeliveryPatienceService } from './delivery-patience.service';
import { HarkError } from './errors';
import { Interruption } from './interruption';
import { JobChangesService } from './job-changes.service';
import { Lease } from './job-store';

/** Claims answers for delivery and settles what came of it. */
@Injectable()
export class DeliveryOutcomeService {
  private readonly logger = new Logger(DeliveryOutcomeService.name);

  constructor(
    private readonly answers: AnswerStore,
    private readonly changes: JobChangesService,
    private readonly clock: Clock,
    private readonly patience: DeliveryPatienceService,
  ) {}

  /** @param lease with the term of the leader */
  claim(answerId: string, lease: Lease & { term?: number }): Promise<ClaimedAnswer | undefined> {
    return this.answers.claim(answerId, lease, this.clock.now());
  }

  renew(answerId: string, lease: Lease): Promise<boolean> {
    return this.answers.renewLease(answerId, lease);
  }

  /** @param signal while it has not fired, storing what was done waits for the database */
  async delivered(
    { answer, revision }: ClaimedAnswer,
    owner: string,
    { reply, ms }: { reply: Reply; ms: number },
    signal: AbortSignal,
  ): Promise<void> {
    const delivered = { revision, reply, milliseconds: Math.round(ms) };
    const finish = () => this.answers.finish(answer.id, owner, delivered, this.clock.now());
    this.changes.settled(answer, await this.patience.outlast(finish, signal), delivered);
  }

  async stopped(claimed: ClaimedAnswer, owner: string, thrown: unknown, signal: AbortSignal): Promise<void> {
    if (!(thrown instanceof Interruption)) await this.failed(claimed, owner, HarkError.from(thrown), signal);
    else if (thrown.why === 'shutdown' || thrown.why === 'deposed')
      await this.answers.handBack(claimed.answer.id, owner, {
        availableAt: this.clock.now(),
        uncounted: true,
      });
  }

  private async failed(
    claimed: ClaimedAnswer,
    owner: string,
    error: HarkError,
    signal: AbortSignal,
  ): Promise<void> {
    const { answer, revision } = claimed;
    const now = this.clock.now();
    const availableAt = this.patience.triesAgainAt(claimed, error);
    this.logger[availableAt ? 'warn' : 'error']({
      err: error,
      jobIds: answer.parts.map(({ job }) => job.id),
      platform: answer.address.platform,
      msg: 'The answer could not be delivered',
    });
    if (availableAt) {
      await this.patience.outlast(() => this.answers.handBack(answer.id, owner, { availableAt }), signal);
      this.changes.postponed();
      return;
    }
    const { code, userMessage: message, params } = error;
    const again = this.patience.seesToItAgainAt(claimed, error);
    const failed = { revision, error: { code, message, params }, again };
    const fail = () => this.answers.fail(answer.id, owner, failed, now);
    this.changes.settled(answer, await this.patience.outlast(fail, signal), { code });
    await this.patience.giveUp(answer, error);
  }
}
