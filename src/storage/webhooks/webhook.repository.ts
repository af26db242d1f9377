import { NewWebhook, Webhook, WebhookDelivery } from '../../core/webhook';
import { WebhookStore } from '../../core/webhook-store';
import { Database } from '../database';
import { WebhookDeliveryEntity } from '../entities/webhook-delivery.entity';
import { WebhookEntity } from '../entities/webhook.entity';
import { webhookLock } from './webhook-outbox.repository';
import { toDelivery, toWebhook } from './webhook.mapper';
import { WebhookSeal } from './webhook-seal';

export class WebhookRepository extends WebhookStore {
  constructor(
    private readonly database: Database,
    private readonly seal: WebhookSeal,
  ) {
    super();
  }

  async add({ url, events, secret }: NewWebhook, now: Date): Promise<Webhook> {
    const row = new WebhookEntity(events, now);
    row.sealed = await this.seal.close({ url, secret }, row.id);
    await this.database.write((em) => em.persist(row).flush());
    return toWebhook(row, url);
  }

  async list(): Promise<Webhook[]> {
    const rows = await this.database.read((em) => em.find(WebhookEntity, {}, { orderBy: { id: 'asc' } }));
    return Promise.all(rows.map((row) => this.shown(row)));
  }

  async find(id: string): Promise<Webhook | undefined> {
    const row = await this.database.read((em) => em.findOne(WebhookEntity, { id }));
    return row ? this.shown(row) : undefined;
  }

  async erase(id: string): Promise<boolean> {
    const erased = await this.database.write(async (em) => {
      await this.database.dialect.lock(em, [webhookLock(id)]);
      return em.nativeDelete(WebhookEntity, { id });
    });
    if (erased > 0) await this.database.purge();
    return erased > 0;
  }

  async enable(id: string): Promise<Webhook | undefined> {
    const enabled = { disabledAt: null, disabledReason: null, failingSince: null };
    await this.database.write((em) => em.nativeUpdate(WebhookEntity, { id }, enabled));
    return this.find(id);
  }

  deliveries(webhookId: string, limit: number): Promise<WebhookDelivery[]> {
    return this.database.read(async (em) => {
      const rows = await em.find(
        WebhookDeliveryEntity,
        { webhook: { id: webhookId } },
        { orderBy: { id: 'desc' }, limit },
      );
      return rows.map(toDelivery);
    });
  }

  delivery(id: string): Promise<WebhookDelivery | undefined> {
    return this.database.read(async (em) => {
      const row = await em.findOne(WebhookDeliveryEntity, { id });
      return row ? toDelivery(row) : undefined;
    });
  }

  private async shown(row: WebhookEntity): Promise<Webhook> {
    return toWebhook(row, (await this.seal.open(row.sealed, row.id))?.url);
  }
}
