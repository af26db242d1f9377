import { Injectable } from '@nestjs/common';
import { Clock } from '../../../core/clock';

/** Slack's last repetition comes six minutes after the event. */
const REMEMBERED_MS = 10 * 60_000;

/**
 * Remembers which events have come before. A job is one by its keys, whatever is remembered here; this only keeps
 * hark from saying a sentence twice.
 */
@Injectable()
export class HeardEvents {
  /** When each was heard, oldest first. */
  private readonly heard = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** Whether the event has not come before. */
  isNew(eventId: string): boolean {
    const now = this.clock.now().getTime();
    for (const [other, time] of this.heard) {
      if (now - time < REMEMBERED_MS) break;
      this.heard.delete(other);
    }
    if (this.heard.has(eventId)) return false;
    this.heard.set(eventId, now);
    return true;
  }
}
