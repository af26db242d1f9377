import { Lease } from './job-store';
import { ClaimedDelivery, DeliveryVerdict, NewWebhook, Webhook, WebhookDelivery } from './webhook';

/** The webhooks that admins have set. Their addresses and secrets are stored sealed. */
export abstract class WebhookStore {
  abstract add(webhook: NewWebhook, now: Date): Promise<Webhook>;
  /** Oldest first. */
  abstract list(): Promise<Webhook[]>;
  abstract find(id: string): Promise<Webhook | undefined>;
  /** With all its deliveries. False when there is none. */
  abstract erase(id: string): Promise<boolean>;
  /** Sends again from now on; what was not sent meanwhile stays unsent. */
  abstract enable(id: string): Promise<Webhook | undefined>;
  /** The latest first. */
  abstract deliveries(webhookId: string, limit: number): Promise<WebhookDelivery[]>;
  abstract delivery(id: string): Promise<WebhookDelivery | undefined>;
}

/**
 * What webhooks are to be told. A row for each of them is stored in the transaction in which a job ends, so that none
 * is lost, and erased with its job.
 */
export abstract class WebhookOutbox {
  /** Ids of deliveries that are due, oldest first, none to webhooks in `except` or to those that are disabled. */
  abstract due(limit: number, now: Date, except: readonly string[]): Promise<WebhookDelivery[]>;
  /** When the next one falls due by time alone. */
  abstract nextDueAt(now: Date): Promise<Date | undefined>;
  /** Undefined when somebody else has it, or it is settled. Counts as an attempt. */
  abstract claim(id: string, lease: Lease, now: Date): Promise<ClaimedDelivery | undefined>;
  /** Takes all back that is claimed: whoever had it is gone. */
  abstract release(): Promise<void>;
  /** A test message, claimed from its beginning. Undefined when there is no such webhook. */
  abstract addPing(webhookId: string, lease: Lease, now: Date): Promise<ClaimedDelivery | undefined>;
  /** False when the lease is lost. Also keeps what the webhook's own row says of it up to date. */
  abstract settle(id: string, owner: string, verdict: DeliveryVerdict, now: Date): Promise<boolean>;
}
