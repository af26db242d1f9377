import { Injectable } from '@nestjs/common';
import { Clock } from '../../core/clock';
import { HarkError } from '../../core/errors';
import { WEBHOOK_EVENTS, Webhook, WebhookDelivery } from '../../core/webhook';
import { WebhookPoster } from '../../core/webhook-poster';
import { WebhookOutbox, WebhookStore } from '../../core/webhook-store';
import { InvalidFieldsError } from '../problems/invalid-fields.error';
import { WebhookAttemptsService } from './webhook-attempts.service';
import { NewWebhookRequest } from './webhook.request';
import { makeSecret, readSecret } from './webhook-secret';

/** Every end of a job is a row for each of them. */
const MOST = 20;

/** What admins do with webhooks. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly store: WebhookStore,
    private readonly outbox: WebhookOutbox,
    private readonly poster: WebhookPoster,
    private readonly attempts: WebhookAttemptsService,
    private readonly clock: Clock,
  ) {}

  /** @throws HarkError `link_invalid`, `link_refused`, `field_invalid` or `webhook_limit` */
  async add(request: NewWebhookRequest): Promise<{ webhook: Webhook; secret: Uint8Array }> {
    const { url, events = WEBHOOK_EVENTS, secret: given } = request;
    const secret = given === undefined ? makeSecret() : readSecret(given);
    if (!secret) {
      const message = 'secret must be whsec_ and 24 to 64 bytes in Base64';
      throw new InvalidFieldsError([{ field: 'secret', message }]);
    }
    // A host that cannot be reached now may be later.
    await this.poster.check(url).catch((error: unknown) => {
      if (!(error instanceof HarkError) || error.code !== 'link_unreachable') throw error;
    });
    if ((await this.store.list()).length >= MOST)
      throw new HarkError('webhook_limit', `There can be no more than ${MOST} webhooks.`);
    const webhook = await this.store.add({ url, events: [...new Set(events)], secret }, this.clock.now());
    return { webhook, secret };
  }

  /** @throws HarkError `webhook_not_found` */
  async find(id: string): Promise<Webhook> {
    return (await this.store.find(id)) ?? unknown();
  }

  /** @throws HarkError `webhook_not_found` */
  async enable(id: string): Promise<Webhook> {
    return (await this.store.enable(id)) ?? unknown();
  }

  /** @throws HarkError `webhook_not_found` */
  async erase(id: string): Promise<void> {
    if (!(await this.store.erase(id))) unknown();
  }

  /** @throws HarkError `webhook_not_found` */
  async deliveries(id: string, limit: number): Promise<WebhookDelivery[]> {
    await this.find(id);
    return this.store.deliveries(id, limit);
  }

  /** Sends a test message now, once, and says what came of it. @throws HarkError `webhook_not_found` */
  async ping(id: string): Promise<WebhookDelivery> {
    const lease = this.attempts.lease();
    const ping = (await this.outbox.addPing(id, lease, this.clock.now())) ?? unknown();
    await this.attempts.attempt(ping, lease.owner, new AbortController().signal);
    return (await this.store.delivery(ping.id)) ?? unknown();
  }
}

function unknown(): never {
  throw new HarkError('webhook_not_found', 'There is no such webhook.');
}
