import { SlackClock } from './slack-clock';
import { Attempt, Delivery, DeliveryKind, nameOfDelivery, Outcome, SlackTransport } from './slack-delivery';
import { Json } from './slack-model';
import { SlackRecorder } from './slack-recorder';

/** Slack tries an event again at once, after a minute and after five (docs of the Events API). */
const retryDelaysMs = [0, 60_000, 300_000];

/**
 * Brings deliveries to the app: once, and again when they were not acknowledged. Commands and interactions are never
 * tried again; their user sees an error instead.
 */
export class SlackDispatcher {
  readonly deliveries: Delivery[] = [];
  /** Sends every event twice with the same `event_id`. */
  duplicateEvents = false;
  private acksToLose = 0;
  private stopped = false;

  constructor(
    private readonly clock: SlackClock,
    private readonly recorder: SlackRecorder,
    private readonly transport: () => SlackTransport,
  ) {}

  /** Sends an event; the delivery is at hand at once, its acknowledgement is not. */
  event(body: Json): Delivery {
    const delivery = this.create('events_api', body);
    void this.attempt(delivery);
    if (this.duplicateEvents) void this.attempt(delivery);
    return delivery;
  }

  /** Sends a command or an interaction and resolves when the one attempt at it has ended. */
  async interaction(kind: 'slash_commands' | 'interactive', body: Json): Promise<Delivery> {
    const delivery = this.create(kind, body);
    await this.attempt(delivery);
    return delivery;
  }

  /** Sends an event once more although it was acknowledged, as Slack does when the acknowledgement came late. */
  async redeliver(delivery: Delivery, reason = 'http_timeout'): Promise<Outcome> {
    return this.attempt(delivery, reason);
  }

  /** The next `count` acknowledgements get lost on the way: Slack takes them for time-outs. */
  loseAcks(count = 1): void {
    this.acksToLose += count;
  }

  /** Tries at once what waits for its next attempt, whatever the schedule says. */
  retryNow(): void {
    for (const delivery of this.deliveries) {
      const failed = delivery.attempts.at(-1)?.outcome;
      if (delivery.kind === 'events_api' && delivery.state === 'waiting' && failed && !failed.ok)
        void this.attempt(delivery, failed.reason);
    }
  }

  /** The deliveries of one event (`message/file_share`), command (`/transcribe`) or interaction (`block_actions`). */
  of(name: string): Delivery[] {
    return this.deliveries.filter((delivery) => nameOfDelivery(delivery) === name);
  }

  stop(): void {
    this.stopped = true;
  }

  private create(kind: DeliveryKind, body: Json): Delivery {
    const delivery: Delivery = { id: this.deliveries.length, kind, body, attempts: [], state: 'waiting' };
    this.deliveries.push(delivery);
    return delivery;
  }

  private async attempt(delivery: Delivery, retryReason?: string): Promise<Outcome> {
    if (this.stopped) return { ok: false, reason: 'stopped' };
    const retryNum = retryReason === undefined ? 0 : delivery.attempts.length;
    const attempt: Attempt = { retryNum, retryReason, at: this.clock.now() };
    delivery.attempts.push(attempt);
    let outcome = await this.transport().send(delivery, attempt);
    if (outcome.ok && this.acksToLose > 0 && delivery.kind === 'events_api') {
      this.acksToLose -= 1;
      outcome = { ok: false, reason: 'http_timeout' };
    }
    attempt.outcome = outcome;
    attempt.latencyMs = this.clock.now() - attempt.at;
    if (outcome.ok) {
      if (delivery.state !== 'acked') delivery.ackPayload = outcome.payload;
      delivery.state = 'acked';
    } else if (delivery.state === 'waiting') {
      this.scheduleRetry(delivery, outcome);
    }
    this.recorder.changed();
    return outcome;
  }

  private scheduleRetry(delivery: Delivery, failed: Outcome & { ok: false }): void {
    const tried = delivery.attempts.length;
    const delay = retryDelaysMs[tried - 1];
    if (delivery.kind !== 'events_api' || failed.noRetry || delay === undefined) {
      delivery.state = 'given_up';
      return;
    }
    this.clock.after(delay, () => {
      const nobodyElseDid = delivery.attempts.length === tried;
      if (delivery.state === 'waiting' && nobodyElseDid) void this.attempt(delivery, failed.reason);
    });
  }
}
