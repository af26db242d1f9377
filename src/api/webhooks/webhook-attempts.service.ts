import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../core/clock';
import { HarkError } from '../../core/errors';
import { TranscriptionJob } from '../../core/job';
import { JobStore, Lease } from '../../core/job-store';
import { ClaimedDelivery, DeliveryVerdict } from '../../core/webhook';
import { PostReply, WebhookPoster } from '../../core/webhook-poster';
import { WebhookOutbox } from '../../core/webhook-store';
import { verdictOn } from '../../core/webhook-verdict';
import { workingFor } from '../../core/work-context';
import { messageOf } from './webhook-message';
import { signedHeaders } from './webhook-secret';

/** Longer than looking up the name, connecting and waiting for the answer can take. */
const LEASE_MS = 60_000;

type FoundJob = Promise<TranscriptionJob | undefined>;

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
    const { jobId } = delivery;
    const found = jobId === undefined ? Promise.resolve(undefined) : this.jobs.find(jobId);
    const platform = (await found.catch(() => undefined))?.platform;
    await workingFor({ jobId, platform, stage: 'telling' }, async () => {
      const verdict = await this.verdict(delivery, found, stop);
      await this.outbox.settle(delivery.id, owner, verdict, this.clock.now()).catch((error: unknown) => {
        const msg = 'What came of a message is not known';
        this.logger.warn({ err: error, deliveryId: delivery.id, msg });
        throw error;
      });
      this.tell(delivery, verdict);
    });
  }

  private verdict(delivery: ClaimedDelivery, found: FoundJob, stop: AbortSignal): Promise<DeliveryVerdict> {
    return this.send(delivery, found, stop).then(
      (result) => verdictOn(delivery, result, this.clock.now()),
      (error: unknown): DeliveryVerdict => {
        const now = this.clock.now();
        if (stop.aborted) return { state: 'waiting', nextAt: now, problem: '', uncounted: true };
        return verdictOn(delivery, HarkError.from(error), now);
      },
    );
  }

  private async send(delivery: ClaimedDelivery, found: FoundJob, stop: AbortSignal): Promise<PostReply> {
    const { id, target } = delivery;
    if (!target) {
      const sentence =
        'Its address and secret cannot be opened: SECRETS_KEY is not what they were sealed with.';
      throw new HarkError('settings_invalid', sentence);
    }
    const body = JSON.stringify(messageOf(delivery, await found));
    const headers = signedHeaders(target.secret, { id, body, at: this.clock.now() });
    return this.poster.post(target.url, { headers, body }, stop);
  }

  private tell({ id, webhookId, attempts }: ClaimedDelivery, verdict: DeliveryVerdict): void {
    const about = { webhookId, deliveryId: id, attempts };
    if (verdict.state === 'delivered')
      this.logger.log({ ...about, stage: 'told', msg: 'A webhook was told' });
    else if (verdict.state === 'failed' && verdict.disable !== undefined)
      this.logger.error({ ...about, why: verdict.disable, msg: 'A webhook was switched off' });
    else if (verdict.state === 'failed' || !verdict.uncounted)
      this.logger.warn({ ...about, why: verdict.problem, msg: 'A webhook could not be told' });
  }
}
