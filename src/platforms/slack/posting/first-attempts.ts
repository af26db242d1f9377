import { Injectable } from '@nestjs/common';
import { Clock } from '../../../core/clock';
import { Leadership } from '../../../core/leadership';
import { SLACK_LIMITS } from '../slack-limits';

/** No command can be answered for longer; what else is older is worth a look into the channel. */
const REMEMBERED_MS = SLACK_LIMITS.interactionMs;

/**
 * Tells what can have been posted already from what certainly was not: by an earlier process, or by this one when the
 * answer to its call was lost.
 */
@Injectable()
export class SlackFirstAttempts {
  private readonly startedAt: Date;
  /** When each thing was attempted, oldest first. */
  private readonly made = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly leadership: Leadership,
  ) {
    this.startedAt = clock.now();
  }

  /**
   * Notes an attempt. True when there has been none before.
   *
   * @param since when the answer came to be: nothing was posted for it earlier
   */
  note(attempt: string, since: Date): boolean {
    const now = this.clock.now().getTime();
    for (const [other, time] of this.made) {
      if (now - time < REMEMBERED_MS) break;
      this.made.delete(other);
    }
    const before = this.made.has(attempt);
    if (!before) this.made.set(attempt, now);
    return !before && since >= this.beginning && now - since.getTime() < REMEMBERED_MS;
  }

  /** What is older may have been attempted by whoever led before. */
  private get beginning(): Date {
    const { term } = this.leadership;
    return term && term.since > this.startedAt ? term.since : this.startedAt;
  }
}
