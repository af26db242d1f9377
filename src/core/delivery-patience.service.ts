import { Injectable } from '@nestjs/common';
import { Answer } from './answer';
import { ClaimedAnswer } from './answer-store';
import { Clock } from './clock';
import { ErrorCode, HarkError } from './errors';
import { OutageService } from './outage.service';
import { Policy } from './policy';
import { LONGEST_WAIT_MS, retryDelayMs } from './retry-delay';
import { UndeliverableService } from './undeliverable.service';

/** What is gone does not come back. */
const FOR_GOOD: readonly ErrorCode[] = ['channel_gone', 'message_gone', 'interaction_expired'];
const DAY_MS = 86_400_000;

/** Decides how long an answer is worth trying. */
@Injectable()
export class DeliveryPatienceService {
  constructor(
    private readonly policy: Policy,
    private readonly clock: Clock,
    private readonly outages: OutageService,
    private readonly undeliverable: UndeliverableService,
  ) {}

  /** When a failed delivery is tried again. Undefined: that was the last attempt, and its jobs fail. */
  triesAgainAt({ attempts }: ClaimedAnswer, error: HarkError): Date | undefined {
    const enough = attempts >= this.policy.maxDeliveryAttempts && !this.outages.is(error);
    if (!error.retryable || enough) return undefined;
    const now = this.clock.now().getTime();
    const earliest = Math.max(now + retryDelayMs(attempts), error.retryAt?.getTime() ?? 0);
    return new Date(Math.min(earliest, now + LONGEST_WAIT_MS));
  }

  /**
   * What people see still says that hark is listening. So after the last attempt it is seen to from time to time for a
   * day, in case hark may write there again. Undefined where nothing was posted, or nothing will change.
   */
  seesToItAgainAt({ answer }: ClaimedAnswer, { code }: HarkError): Date | undefined {
    if (!answer.reply || FOR_GOOD.includes(code)) return undefined;
    const now = this.clock.now().getTime();
    const ended = answer.parts.map(({ job }) => job.finishedAt?.getTime() ?? now);
    const again = now + LONGEST_WAIT_MS;
    return again - Math.max(...ended) < DAY_MS ? new Date(again) : undefined;
  }

  /** After the last attempt. */
  giveUp(answer: Answer, error: HarkError): Promise<void> {
    return this.undeliverable.settle(answer, error);
  }

  /** Stores what came of a delivery, as soon as the database answers. */
  outlast<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return this.outages.outlast(work, signal);
  }
}
