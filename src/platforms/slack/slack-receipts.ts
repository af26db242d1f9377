import { timeout, TimeoutStrategy } from 'cockatiel';

/** Slack waits three seconds for an acknowledgement, as documented; the rest is for the way. */
const WITHIN_MS = 2_500;

/**
 * Knows when an event may be acknowledged: when what it brings has been taken in, or was refused for good. Until then it
 * is Slack that remembers it, and sends it again.
 */
export class SlackReceipts {
  /** By the event's id. */
  private readonly inHand = new Map<string, Promise<void>>();
  private readonly inTime;

  constructor(withinMs = WITHIN_MS) {
    this.inTime = timeout(withinMs, { strategy: TimeoutStrategy.Aggressive, abortOnReturn: false });
  }

  /**
   * Resolves when the event may be acknowledged. One that comes again while it is in hand waits for the same work.
   *
   * @throws what `work` throws, or cockatiel's `TaskCancelledError` when it takes too long; it goes on all the same
   */
  async due(event: string, work: () => Promise<void>): Promise<void> {
    const done = this.inHand.get(event) ?? this.begin(event, work);
    await this.inTime.execute(() => done);
  }

  private begin(event: string, work: () => Promise<void>): Promise<void> {
    const done = work().finally(() => this.inHand.delete(event));
    this.inHand.set(event, done);
    return done;
  }
}
