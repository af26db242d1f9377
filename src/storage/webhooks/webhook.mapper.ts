import { Webhook, WebhookDelivery } from '../../core/webhook';
import { WebhookDeliveryEntity } from '../entities/webhook-delivery.entity';
import { WebhookEntity } from '../entities/webhook.entity';

export function toWebhook(row: WebhookEntity, url: string | undefined): Webhook {
  const { id, events, createdAt, failingSince, disabledAt, disabledReason } = row;
  return {
    id,
    ...(url !== undefined && { url }),
    events: [...events],
    createdAt,
    ...(failingSince && { failingSince }),
    ...(disabledAt && { disabled: { at: disabledAt, reason: disabledReason ?? '' } }),
  };
}

export function toDelivery(row: WebhookDeliveryEntity): WebhookDelivery {
  const { id, event, happenedAt, state, attempts } = row;
  const { error, nextAt, settledAt, status, problem } = row;
  const optional = { jobId: row.job?.id, error, nextAt, settledAt, status, problem };
  const known = Object.entries(optional).filter(([, value]) => value !== null && value !== undefined);
  return {
    id,
    webhookId: row.webhook.id,
    event,
    happenedAt,
    state,
    attempts,
    ...(Object.fromEntries(known) as Partial<WebhookDelivery>),
  };
}
