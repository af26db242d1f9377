import { Clock } from '../core/clock';
import { HeldLease } from '../core/job-store';
import { isGone } from '../core/process-mark';

/** Where leases are kept: the jobs' or the answers' side of the table. */
export interface LeaseTable {
  leases(): Promise<HeldLease[]>;
  takeBack(leases: readonly HeldLease[], now: Date): Promise<string[]>;
}

/** A third of its life is between two renewals of a lease; a little more without one is a missed renewal. */
const MISSED = 0.4;

interface Seen extends HeldLease {
  /** When it was first seen with this end, by the monotonic clock. */
  at: number;
}

/**
 * Takes back what nobody holds any more. The end that stands in a lease is only half of the proof, for it was written
 * by another process's clock, and clocks differ and jump: a lease that is still being renewed is never taken, and one
 * that is not renewed for the whole of its life is, whatever the clocks say. A process of this machine that is gone for
 * certain need not be waited for.
 */
export class LeaseWatch {
  private seen = new Map<string, Seen>();

  constructor(
    private readonly table: LeaseTable,
    private readonly clock: Clock,
    private readonly leaseMs: number,
  ) {}

  /** Milliseconds after which another look may find something; undefined when nothing is held. */
  async look(): Promise<number | undefined> {
    const held = this.remember(await this.leases());
    const waits = new Map(held.map((lease) => [lease, this.waitFor(lease)]));
    const gone = held.filter((lease) => (waits.get(lease) ?? 0) <= 0);
    if (gone.length > 0) await this.table.takeBack(gone, this.clock.now());
    const rest = [...waits.values()].filter((ms) => ms > 0);
    return rest.length > 0 ? Math.min(...rest, this.leaseMs * MISSED) : undefined;
  }

  /** What was not watched all the time proves nothing: after an outage every holder has the time to renew. */
  private async leases(): Promise<HeldLease[]> {
    try {
      return await this.table.leases();
    } catch (error) {
      this.seen.clear();
      throw error;
    }
  }

  private remember(leases: readonly HeldLease[]): Seen[] {
    const at = performance.now();
    const held = leases.map((lease) => {
      const before = this.seen.get(lease.id);
      const same = before?.owner === lease.owner && before.until.getTime() === lease.until.getTime();
      return same ? before : { ...lease, at };
    });
    this.seen = new Map(held.map((lease) => [lease.id, lease]));
    return held;
  }

  /** Milliseconds until the lease counts as abandoned, if it is not renewed meanwhile. */
  private waitFor({ owner, at, until }: Seen): number {
    if (isGone(owner)) return 0;
    const unchangedMs = performance.now() - at;
    const leftMs = until.getTime() - this.clock.now().getTime();
    return Math.min(this.leaseMs - unchangedMs, Math.max(leftMs, this.leaseMs * MISSED - unchangedMs));
  }
}
