import { Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../../core/clock';
import { isFinished } from '../../core/job';
import { JobEvents } from '../../core/job-events';
import { Policy } from '../../core/policy';
import { ClaimedDelivery } from '../../core/webhook';
import { WebhookOutbox } from '../../core/webhook-store';
import { forEverybody } from '../../core/work-context';
import { WebhookAttemptsService } from './webhook-attempts.service';

/** Messages that are on their way at the same time; and to one webhook, so that a slow one does not hold up the others. */
const SLOTS = 8;
const SLOTS_EACH = 2;
/** News of a job's end may get lost on their way from another process. */
const SWEEP_MS = 60_000;
const RETRY_MS = 5_000;

/** Sends what is due: when a job ends, when an attempt's time comes, and in a sweep. Any number of processes may. */
@Injectable()
export class WebhookSenderService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Webhooks');
  private readonly inFlight = new Map<Promise<void>, string>();
  private readonly stop = new AbortController();
  private unsubscribe = (): void => undefined;
  private looking?: Promise<void>;
  private again = false;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly outbox: WebhookOutbox,
    private readonly attempts: WebhookAttemptsService,
    private readonly events: JobEvents,
    private readonly policy: Policy,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // With several processes only the lease's end tells that one of them is gone.
    if (this.policy.soleProcess) await this.outbox.release();
    this.unsubscribe = this.events.subscribe((event) => {
      if (event.type === 'status' && isFinished(event.status)) this.wake();
    });
    this.wake();
  }

  /** What is on its way is handed back. */
  async onModuleDestroy(): Promise<void> {
    this.unsubscribe();
    this.stop.abort();
    await this.looking;
    clearTimeout(this.timer);
    await Promise.all(this.inFlight.keys());
  }

  /** Returns at once and never throws. */
  wake(): void {
    if (this.stop.signal.aborted) return;
    this.again = true;
    // Whose end it was that woke it: what is due may be anybody's.
    this.looking ??= forEverybody(() => this.looks());
  }

  private async looks(): Promise<void> {
    // Wakes of the same moment lead to one look.
    await Promise.resolve();
    clearTimeout(this.timer);
    let nextMs = SWEEP_MS;
    while (this.again && !this.stop.signal.aborted) {
      this.again = false;
      nextMs = await this.look();
    }
    this.looking = undefined;
    if (!this.stop.signal.aborted) this.timer = setTimeout(() => this.wake(), nextMs + 1).unref();
  }

  /** Milliseconds until the next look. */
  private async look(): Promise<number> {
    try {
      const now = this.clock.now();
      while (!this.stop.signal.aborted && (await this.begin(now)));
      const due = await this.outbox.nextDueAt(now);
      return Math.min(SWEEP_MS, Math.max(0, (due?.getTime() ?? Infinity) - this.clock.now().getTime()));
    } catch (error) {
      this.logger.warn({ err: error, msg: 'Webhooks have to wait: what is due cannot be looked up' });
      return RETRY_MS;
    }
  }

  /** Begins as many attempts as there is room for. False when there is no more to begin. */
  private async begin(now: Date): Promise<boolean> {
    const room = SLOTS - this.inFlight.size;
    const full = [...new Set(this.inFlight.values())].filter((id) => this.underWay(id) >= SLOTS_EACH);
    const due = room > 0 ? await this.outbox.due(room, now, full) : [];
    for (const { id, webhookId } of due) {
      if (this.underWay(webhookId) >= SLOTS_EACH) continue;
      const lease = this.attempts.lease();
      const claimed = await this.outbox.claim(id, lease, now);
      if (claimed) this.attempt(claimed, lease.owner);
    }
    return due.length > 0;
  }

  private attempt(delivery: ClaimedDelivery, owner: string): void {
    const attempt = this.attempts
      .attempt(delivery, owner, this.stop.signal)
      // It is logged there; when its lease has ended it is sent again.
      .catch(() => undefined)
      .finally(() => {
        this.inFlight.delete(attempt);
        this.wake();
      });
    this.inFlight.set(attempt, delivery.webhookId);
  }

  private underWay(webhookId: string): number {
    return [...this.inFlight.values()].filter((id) => id === webhookId).length;
  }
}
