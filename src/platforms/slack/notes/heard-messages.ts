import { Injectable } from '@nestjs/common';
import { Clock } from '../../../core/clock';

/** Slack's last repetition of an event comes six minutes after the first. */
const REMEMBERED_MS = 10 * 60_000;

/**
 * Remembers which messages have come before, by whichever event. A job is one by its keys, whatever is remembered
 * here; this only keeps hark from saying a sentence twice.
 */
@Injectable()
export class HeardMessages {
  /** When each was heard, oldest first. */
  private readonly heard = new Map<string, number>();
  /** Those that could not be taken in. */
  private readonly open = new Set<string>();

  constructor(private readonly clock: Clock) {}

  /** Whether the message has not come before. */
  isNew(message: string): boolean {
    const now = this.clock.now().getTime();
    for (const [other, time] of this.heard) {
      if (now - time < REMEMBERED_MS) break;
      this.heard.delete(other);
      this.open.delete(other);
    }
    if (this.heard.has(message)) return false;
    this.heard.set(message, now);
    return true;
  }

  /** Notes that the message could not be taken in: it is to be, when it comes again. */
  leaveOpen(message: string): void {
    this.open.add(message);
  }

  isOpen(message: string): boolean {
    return this.open.has(message);
  }
}
