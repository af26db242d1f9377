import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../core/clock';
import { HarkError } from '../../core/errors';
import { JobStore, Lease } from '../../core/job-store';
import { ClaimedDelivery, DeliveryVerdict } from '../../core/webhook';
import { PostReply, WebhookPoster } from '../../core/webhook-poster';
import { WebhookOutbox } from '../../core/webhook-store';
import { verdictOn } from '../../core/webhook-verdict';
import { messageOf } from './webhook-message';
import { signedHeaders } from './webhook-secret';

/** Longer than looking up the name, connecting and waiting for the answer can take. */
const LEASE_MS = 60_000;

/** Attempts at sending one message. */
@Injectable()
export class WebhookAttemptsService {
  private readonly logger = new Logger('Webhooks');

  constructor(
    private readonly outbox: WebhookOutbox,
    private readonly poster: WebhookPoster,
    private readonly jobs: JobStore,
    private readonly clock: Clock,
  ) {}

  /** A claim of its own for every attempt, so that one that comes too late changes nothing. */
  lease(): Lease {
    return { owner: randomUUID(), until: new Date(this.clock.now().getTime() + LEASE_MS) };
  }

  /** Never throws for a message that does not arrive: that is stored. @param stop hands it back */
  async attempt(delivery: ClaimedDelivery, owner: string, stop: AbortSignal): Promise<void> {
    const verdict = await this.send(delivery, stop).then(
      (result) => verdictOn(delivery, result, this.clock.now()),
      (error: unknown): DeliveryVerdict => {
        const now = this.clock.now();
        if (stop.aborted) return { state: 'waiting', nextAt: now, problem: '', uncounted: true };
        return verdictOn(delivery, HarkError.from(error), now);
      },
    );
    await this.outbox.settle(delivery.id, owner, verdict, this.clock.now());
    this.tell(delivery, verdict);
  }

  private async send(delivery: ClaimedDelivery, stop: AbortSignal): Promise<PostReply> {
    const { id, target, jobId } = delivery;
    if (!target) {
      const sentence =
        'Its address and secret cannot be opened: SECRETS_KEY is not what they were sealed with.';
      throw new HarkError('settings_invalid', sentence);
    }
    const job = jobId === undefined ? undefined : await this.jobs.find(jobId);
    const body = JSON.stringify(messageOf(delivery, job));
    const headers = signedHeaders(target.secret, { id, body, at: this.clock.now() });
    return this.poster.post(target.url, { headers, body }, stop);
  }

  private tell({ id, webhookId, jobId, attempts }: ClaimedDelivery, verdict: DeliveryVerdict): void {
    const about = { webhookId, deliveryId: id, jobId, attempts };
    if (verdict.state === 'delivered') this.logger.debug({ ...about, msg: 'A webhook was told' });
    else if (verdict.state === 'failed' && verdict.disable !== undefined)
      this.logger.error({ ...about, why: verdict.disable, msg: 'A webhook was switched off' });
    else if (verdict.state === 'failed' || !verdict.uncounted)
      this.logger.warn({ ...about, why: verdict.problem, msg: 'A webhook could not be told' });
  }
}
