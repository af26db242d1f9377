import { Json } from './slack-model';

export type DeliveryKind = 'events_api' | 'slash_commands' | 'interactive';

/** How one attempt ended. */
export type Outcome =
  | { ok: true; status?: number; payload?: unknown }
  | {
      ok: false;
      /** As in `x-slack-retry-reason`, or `no_socket` / `socket_closed`. */
      reason: string;
      status?: number;
      /** The app sent `x-slack-no-retry`. */
      noRetry?: boolean;
    };

export interface Attempt {
  /** 0 is the first delivery. */
  retryNum: number;
  retryReason?: string;
  at: number;
  outcome?: Outcome;
  /** From sending to acknowledgement or failure. */
  latencyMs?: number;
}

/** Something that the app must acknowledge, with every attempt at it. */
export interface Delivery {
  id: number;
  kind: DeliveryKind;
  body: Json;
  attempts: Attempt[];
  /** `waiting` for an acknowledgement or the next attempt. */
  state: 'waiting' | 'acked' | 'given_up';
  /** What the first acknowledgement carried: a command's answer, a view's `response_action`. */
  ackPayload?: unknown;
}

/** Brings a delivery to the app once. Never rejects. */
export abstract class SlackTransport {
  abstract send(delivery: Delivery, attempt: Attempt): Promise<Outcome>;
}

/** The event's own type, `message/file_share` for one with a subtype; the command or interaction type otherwise. */
export function nameOfDelivery(delivery: Delivery): string {
  if (delivery.kind === 'slash_commands') return String(delivery.body.command);
  const event = (delivery.body.event ?? delivery.body) as { type: string; subtype?: string };
  return event.subtype ? `${event.type}/${event.subtype}` : event.type;
}
