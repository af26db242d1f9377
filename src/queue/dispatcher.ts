import { Logger } from '@nestjs/common';
import { Lane } from '../core/job-queue';
import { forEverybody } from '../core/work-context';
import { LaneTable } from './lane-tables';
import { QueueTimings } from './queue-timings';

/**
 * The next ids in fair order, without those that are in somebody's hands.
 *
 * @param slots of all workers of the lane
 */
export type PickReady = (limit: number, except: readonly string[], slots: number) => Promise<string[]>;

/** Where a dispatcher hands ids to. */
export interface Outlet {
  /**
   * Hands out as many ids as there is room for. Milliseconds after which to try again: somebody else is at it, or what
   * is on its way must have arrived by then.
   */
  offer(pick: PickReady): Promise<number | undefined>;
}

/**
 * Moves ids of one lane from the job table to workers: when woken, when the table's next id falls due, and in a sweep
 * that repairs what was lost. One look at a time; wakes during a look lead to one more.
 */
export class Dispatcher {
  private readonly logger = new Logger('Queue');
  private readonly heldBack = new Map<string, number>();
  private current?: Promise<void>;
  private again = false;
  private watching = false;
  private stopped = false;
  private failing = false;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly lane: Lane,
    private readonly table: LaneTable,
    private readonly outlet: Outlet,
    private readonly timings: QueueTimings,
  ) {}

  /** Returns at once and never throws. */
  wake(): void {
    if (this.stopped) return;
    this.again = true;
    this.current ??= forEverybody(() => this.looks());
  }

  /** From now on also looks when something falls due, and sweeps. */
  watch(): void {
    this.watching = true;
    this.wake();
  }

  /** The handler failed to do even its bookkeeping for this id: others go first for a while. */
  holdBack(id: string): void {
    this.heldBack.set(id, performance.now() + this.timings.holdBackMs);
  }

  /** Looks no more; the last look has ended when this resolves. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.current;
    clearTimeout(this.timer);
  }

  /** A look that begins after this call, so that what is handed back meanwhile reaches other processes. */
  async lookOnce(): Promise<void> {
    this.wake();
    await this.current;
  }

  private async looks(): Promise<void> {
    // Wakes of the same moment lead to one look.
    await Promise.resolve();
    clearTimeout(this.timer);
    let nextMs: number | undefined;
    while (this.again) {
      this.again = false;
      nextMs = await this.look();
    }
    this.current = undefined;
    if (nextMs === undefined || this.stopped) return;
    this.timer = setTimeout(() => this.wake(), Math.max(0, Math.ceil(nextMs)) + 1);
  }

  /** Milliseconds until the next look, if there is to be one without a wake. */
  private async look(): Promise<number | undefined> {
    try {
      // One time for both ends of the look, so that nothing falls due unseen in between.
      const now = this.table.now();
      const leaseMs = await this.table.expireLeases();
      const held = this.stillHeldBack();
      const pick: PickReady = (limit, except, slots) => this.table.ready(limit, [...except, ...held], slots);
      const busyMs = await this.outlet.offer(pick);
      const times = [...defined(busyMs), ...(await this.watchedTimes(now, leaseMs))];
      if (this.failing) this.logger.log({ msg: 'Ids are handed out again', lane: this.lane });
      this.failing = false;
      return times.length > 0 ? Math.min(...times) : undefined;
    } catch (error) {
      // Told once for each outage, of Redis or of the database.
      if (!this.failing) {
        this.logger.warn({ err: error, msg: 'Ids cannot be handed out; work waits', lane: this.lane });
      }
      this.failing = true;
      return this.timings.retryMs;
    }
  }

  private async watchedTimes(now: Date, leaseMs: number | undefined): Promise<number[]> {
    if (!this.watching) return [];
    const due = await this.table.nextDueAt(now);
    const dueMs = due && due > now ? due.getTime() - this.table.now().getTime() : undefined;
    const heldMs = [...this.heldBack.values()].map((until) => until - performance.now());
    return [this.timings.sweepMs, ...defined(dueMs), ...defined(leaseMs), ...heldMs];
  }

  private stillHeldBack(): string[] {
    for (const [id, until] of this.heldBack) if (until <= performance.now()) this.heldBack.delete(id);
    return [...this.heldBack.keys()];
  }
}

function defined(ms: number | undefined): number[] {
  return ms === undefined ? [] : [ms];
}
