import { JobError } from './job';

/** How a job can end, for those who want to be told. */
export const WEBHOOK_EVENTS = ['done', 'failed', 'cancelled'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** An address that an admin wants to have told when jobs end. */
export interface Webhook {
  id: string;
  /** Undefined when what it was sealed with is gone. */
  url?: string;
  events: readonly WebhookEvent[];
  createdAt: Date;
  /** Nothing has arrived since then; undefined when the last delivery did. */
  failingSince?: Date;
  /** Nothing is sent any more. `reason`: one sentence. */
  disabled?: { at: Date; reason: string };
}

export interface NewWebhook {
  url: string;
  events: readonly WebhookEvent[];
  /** What messages are signed with. */
  secret: Uint8Array;
}

/** One message to one webhook, and how far it is. */
export interface WebhookDelivery {
  /** The same in every attempt, so that a message that arrives twice is known. */
  id: string;
  webhookId: string;
  event: WebhookEvent | 'ping';
  /** None of a ping. */
  jobId?: string;
  /** When the job ended. */
  happenedAt: Date;
  /** Why the job failed. */
  error?: JobError;
  state: DeliveryState;
  /** Attempts begun. */
  attempts: number;
  /** Of the next attempt, while it waits. */
  nextAt?: Date;
  settledAt?: Date;
  /** HTTP status of the last answer. */
  status?: number;
  /** What was wrong with the last attempt: one sentence. */
  problem?: string;
}

/** A delivery in the hands of the one who attempts it. */
export interface ClaimedDelivery extends WebhookDelivery {
  /** Undefined when what it was sealed with is gone. */
  target?: { url: string; secret: Uint8Array };
  failingSince?: Date;
}

/** What came of an attempt. */
export type DeliveryVerdict =
  | { state: 'delivered'; status: number }
  | { state: 'waiting'; nextAt: Date; status?: number; problem: string; uncounted?: boolean }
  | { state: 'failed'; status?: number; problem: string; disable?: string };
