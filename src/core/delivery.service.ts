import { Injectable } from '@nestjs/common';
import { ClaimedAnswer } from './answer-store';
import { DeliveryOutcomeService } from './delivery-outcome.service';
import { Lease } from './job-store';
import { Leadership } from './leadership';
import { LeaseKeeperService } from './lease-keeper.service';
import { PlatformRegistry } from './platform.registry';
import { ReplyTurns } from './reply-turns';
import { contextOfAnswer, workingFor } from './work-context';

/** Does one attempt at delivering one answer: everything of it that is finished. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly outcome: DeliveryOutcomeService,
    private readonly leases: LeaseKeeperService,
    private readonly platforms: PlatformRegistry,
    private readonly turns: ReplyTurns,
    private readonly leadership: Leadership,
  ) {}

  /**
   * Never throws for a failed delivery: that is stored. Returns at once when there is nothing to deliver.
   *
   * @param signal stops the attempt; the answer is handed back
   * @throws Interruption `deposed` when another process leads by now; nothing was done then
   */
  async run(answerId: string, signal: AbortSignal): Promise<void> {
    // An edit that is still on its way would overtake the transcript.
    await this.turns.take(answerId, () => this.attempt(answerId, signal));
  }

  private async attempt(answerId: string, stop: AbortSignal): Promise<void> {
    await this.leadership.confirm();
    const lease = this.leases.make();
    const claimed = await this.outcome.claim(answerId, { ...lease, term: this.leadership.term?.number });
    if (!claimed) return;
    await workingFor(contextOfAnswer(claimed.answer, 'delivering'), () => this.hold(claimed, lease, stop));
  }

  private async hold(claimed: ClaimedAnswer, lease: Lease, stop: AbortSignal): Promise<void> {
    const { id } = claimed.answer;
    const controller = new AbortController();
    const kept = this.leases.keep(lease, (renewed) => this.outcome.renew(id, renewed), controller);
    try {
      await this.deliver(claimed, lease.owner, AbortSignal.any([stop, controller.signal]));
    } finally {
      kept.release();
    }
  }

  private async deliver(claimed: ClaimedAnswer, owner: string, signal: AbortSignal): Promise<void> {
    const begun = performance.now();
    try {
      const { answer } = claimed;
      await this.leadership.confirm();
      const reply = await this.platforms.get(answer.address.platform).deliver(answer, signal);
      await this.outcome.delivered(claimed, owner, { reply, ms: performance.now() - begun }, signal);
    } catch (error) {
      await this.outcome.stopped(claimed, owner, signal.aborted ? signal.reason : error, signal);
    }
  }
}
