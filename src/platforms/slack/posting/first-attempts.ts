import { Injectable } from '@nestjs/common';
import { Clock } from '../../../core/clock';
import { Leadership } from '../../../core/leadership';
import { SLACK_LIMITS } from '../slack-limits';

/** No command can be answered for longer; what else is older is worth a look into the channel. */
const REMEMBERED_MS = SLACK_LIMITS.interactionMs;
/** The clock of whoever heard of it first, another machine perhaps, need not agree with ours. */
const CLOCK_SKEW_MS = 60_000;

/**
 * Tells what can have been posted already from what certainly was not: by an earlier process, or by this one when the
 * answer to its call was lost.
 */
@Injectable()
export class SlackFirstAttempts {
  private readonly startedAt: Date;
  /** When each thing was attempted, oldest first. */
  private readonly made = new Map<string, number>();
  /** When each command was heard, oldest first. */
  private readonly commands = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly leadership: Leadership,
  ) {
    this.startedAt = clock.now();
  }

  /** Notes a command that this process hears itself: whoever led before has not answered it. */
  heard(command: string): void {
    const now = this.clock.now().getTime();
    forget(this.commands, now);
    this.commands.set(command, now);
  }

  /**
   * Notes an attempt. True when there certainly has been none before.
   *
   * @param since when the answer came to be, by the clock of whoever heard of it: nothing was posted for it earlier
   * @param command that it answers
   */
  note(attempt: string, since: Date, command = ''): boolean {
    const now = this.clock.now().getTime();
    forget(this.made, now);
    forget(this.commands, now);
    const before = this.made.has(attempt);
    if (!before) this.made.set(attempt, now);
    const heard = this.commands.get(command);
    return !before && (heard === undefined ? this.isOurs(since.getTime(), now) : heard >= this.beginning);
  }

  private isOurs(since: number, now: number): boolean {
    const age = now - since;
    return age >= 0 && age < REMEMBERED_MS && since - CLOCK_SKEW_MS >= this.beginning;
  }

  /** What is older may have been attempted by whoever led before. */
  private get beginning(): number {
    const { term } = this.leadership;
    return (term && term.since > this.startedAt ? term.since : this.startedAt).getTime();
  }
}

function forget(times: Map<string, number>, now: number): void {
  for (const [one, time] of times) {
    if (now - time < REMEMBERED_MS) break;
    times.delete(one);
  }
}
