import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** Slack takes about one post a second in a channel. A little more, for not every call is equally long on its way. */
const BETWEEN_POSTS_MS = 1_100;
/** Slack lets a few follow each other at once: an answer and what belongs to it. */
const BURST = 3;
/** Edits that show progress leave room for those that finish an answer: Slack takes about 50 a minute. */
const PROGRESS_EDITS = 30;
const PERIOD_MS = 60_000;

/** Keeps to Slack's rates before Slack has to ask for it. Times are of the monotonic clock. */
@Injectable()
export class SlackPace {
  /** By channel: when the next post may leave. */
  private readonly next = new Map<string, number>();
  private edits: number[] = [];
  private editsHeldUntil = 0;

  /** Resolves when it is this post's turn in the channel. @throws the reason of `signal` when that is aborted */
  async turn(channel: string, signal: AbortSignal): Promise<void> {
    const now = performance.now();
    const rested = now - (BURST - 1) * BETWEEN_POSTS_MS;
    for (const [other, time] of this.next) if (time < rested) this.next.delete(other);
    const mine = this.next.get(channel) ?? rested;
    this.next.set(channel, mine + BETWEEN_POSTS_MS);
    if (mine > now) await sleep(mine - now, undefined, { signal }).catch(() => signal.throwIfAborted());
  }

  /** Slack has asked for a break: nothing that can wait is sent. */
  hold(ms: number): void {
    this.editsHeldUntil = Math.max(this.editsHeldUntil, performance.now() + ms);
  }

  /** Whether there is room for an edit that may as well be left out; takes the room when there is. */
  mayShowProgress(): boolean {
    const now = performance.now();
    this.edits = this.edits.filter((time) => now - time < PERIOD_MS);
    if (now < this.editsHeldUntil || this.edits.length >= PROGRESS_EDITS) return false;
    this.edits.push(now);
    return true;
  }
}
