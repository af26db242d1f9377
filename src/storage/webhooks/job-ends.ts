import { SqlEntityManager } from '@mikro-orm/sql';
import { JobError } from '../../core/job';
import { WEBHOOK_EVENTS } from '../../core/webhook';
import { WebhookDeliveryEntity } from '../entities/webhook-delivery.entity';
import { WebhookEntity } from '../entities/webhook.entity';

/** A job that has just ended, in the transaction in which it did. */
export interface JobEnd {
  id: string;
  status: string;
  error?: JobError | null;
  finishedAt?: Date | null;
}

/** A message for every webhook that wants to be told: stored with the end itself, so that none is ever missing. */
export async function addDeliveries(em: SqlEntityManager, job: JobEnd): Promise<void> {
  const event = WEBHOOK_EVENTS.find((name) => name === job.status);
  if (event === undefined) return;
  const webhooks = await em.find(WebhookEntity, { disabledAt: null });
  const error = event === 'failed' ? job.error : undefined;
  const rows = webhooks
    .filter(({ events }) => events.includes(event))
    .map((webhook) => ({
      ...new WebhookDeliveryEntity(webhook, event, job.finishedAt ?? new Date()),
      webhook: webhook.id,
      job: job.id,
      ...(error && { error }),
    }));
  if (rows.length > 0) await em.insertMany(WebhookDeliveryEntity, rows);
}
