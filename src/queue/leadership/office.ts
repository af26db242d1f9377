import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Interruption } from '../../core/interruption';
import { Term } from '../../core/leadership';
import { TermStore } from '../../core/term-store';
import { QueueTimings } from '../queue-timings';
import { LeaderLock } from './leader-lock';

/**
 * A term while it lasts. Renews the lock, and knows until when it is certain that nobody else leads; while the lock
 * cannot be asked the fence in the database tells, so that an outage of Redis deposes nobody.
 */
export class Office implements Term {
  private readonly logger = new Logger('Leadership');
  private readonly over = new AbortController();
  private readonly lost = new AbortController();
  private readonly timer: NodeJS.Timeout;
  /** By the monotonic clock, which also runs while the process stands still. */
  private certainUntil = performance.now();
  private seenAt = performance.now();
  private looking?: Promise<void>;
  private debts: readonly (() => Date | undefined)[] = [];
  private signs = 0;
  readonly number: number;
  readonly since: Date;
  readonly before: Term['before'];

  constructor(
    { number, since, before }: Pick<Term, 'number' | 'since' | 'before'>,
    private readonly lock: LeaderLock,
    private readonly terms: TermStore,
    private readonly timings: QueueTimings,
  ) {
    this.number = number;
    this.since = since;
    this.before = before;
    this.timer = setInterval(() => void this.look(), timings.leaderRenewMs);
  }

  get signal(): AbortSignal {
    return this.over.signal;
  }

  get isLost(): boolean {
    return this.lost.signal.aborted;
  }

  /** @param debts as those that `Leadership.owes` is told of */
  owing(debts: readonly (() => Date | undefined)[]): this {
    this.debts = debts;
    return this;
  }

  /** Until when all that was heard is stored. Never the same twice, for others tell by it that somebody lives. */
  get caughtUpAt(): Date {
    const times = this.debts.map((since) => since()?.getTime() ?? Infinity);
    const behind = Math.min(...times);
    return new Date(behind < Date.now() ? behind + (this.signs += 1) : Date.now());
  }

  /** @throws Interruption `deposed` */
  async confirm(): Promise<void> {
    while (performance.now() >= this.certainUntil || this.isLost) {
      this.lost.signal.throwIfAborted();
      await this.look();
      if (performance.now() >= this.certainUntil) await this.rest();
    }
  }

  /** The duties are to end; until they have, it is still this one's office. */
  finish(): void {
    this.over.abort(new Interruption('shutdown'));
  }

  /** Nothing may be done in its name any more. */
  close(): void {
    clearInterval(this.timer);
    const why = new Interruption('deposed');
    this.lost.abort(why);
    this.over.abort(why);
  }

  private look(): Promise<void> {
    this.looking ??= this.ask().finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async ask(): Promise<void> {
    const asked = performance.now();
    const held = (await this.unlessUnknown(this.lock.renew(this.number))) ?? (await this.isLatest());
    if (this.isLost || held === undefined) return;
    if (!held || !(await this.showSigns(asked))) return this.close();
    this.certainUntil = asked + this.timings.leaderCertainMs;
  }

  private isLatest(): Promise<boolean | undefined> {
    return this.unlessUnknown(this.terms.isLatest(this.number));
  }

  /** False when a later term has begun, whoever has the lock. */
  private async showSigns(now: number): Promise<boolean> {
    if (now - this.seenAt < this.timings.leaderSeenMs) return true;
    this.seenAt = now;
    return (await this.unlessUnknown(this.terms.seen(this.number, this.caughtUpAt))) ?? true;
  }

  private async unlessUnknown(answer: Promise<boolean>): Promise<boolean | undefined> {
    try {
      return await answer;
    } catch (error) {
      this.logger.debug({ err: error, msg: 'Whether this process still leads cannot be asked at present' });
      return undefined;
    }
  }

  private async rest(): Promise<void> {
    const { signal } = this.lost;
    await pause(this.timings.leaderAskMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
