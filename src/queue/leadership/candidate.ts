import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../core/clock';
import { Policy } from '../../core/policy';
import { isGone } from '../../core/process-mark';
import { StoredTerm, TermStore } from '../../core/term-store';
import { QueueTimings } from '../queue-timings';
import { LeaderLock } from './leader-lock';
import { Office } from './office';

/** Tries to lead: gets the lock, raises the fence, and gives whoever led before the time to notice. */
@Injectable()
export class Candidate {
  constructor(
    private readonly lock: LeaderLock,
    private readonly terms: TermStore,
    private readonly policy: Policy,
    private readonly clock: Clock,
    private readonly timings: QueueTimings,
  ) {}

  /** Undefined while another process leads. @throws whatever keeps the answer away, and the reason of `signal` */
  async run(signal: AbortSignal): Promise<Office | undefined> {
    const before = await this.terms.latest();
    const number = await this.lock.acquire((before?.number ?? 0) + 1, before?.holder);
    if (number === undefined) return undefined;
    const term = {
      number,
      since: this.clock.now(),
      before: before && { at: before.seenAt, inOrder: before.over },
    };
    const office = new Office(term, this.lock, this.terms, this.timings);
    try {
      const stop = AbortSignal.any([signal, office.signal]);
      if (await this.enter(office, before, stop)) return office;
    } catch (error) {
      if (!office.isLost || signal.aborted) {
        await this.leave(office);
        throw error;
      }
    }
    await this.leave(office);
    return undefined;
  }

  private async enter(office: Office, before: StoredTerm | undefined, stop: AbortSignal): Promise<boolean> {
    const orphaned = before === undefined || before.over || isGone(before.holder);
    if (!orphaned && !this.lock.exclusive && !(await this.isSilent(before, stop))) return false;
    if (!(await this.terms.begin(office.number, this.policy.processId, this.clock.now()))) return false;
    // Longer than anybody may think itself certain.
    if (!orphaned) await pause(this.timings.leaderHandoverMs, undefined, { signal: stop });
    await office.confirm();
    return true;
  }

  /** Whether its holder gives no sign of life for as long as it takes to be sure. */
  private async isSilent({ number, seenAt }: StoredTerm, stop: AbortSignal): Promise<boolean> {
    await pause(this.timings.leaderSeenMs * 2.5, undefined, { signal: stop });
    const latest = await this.terms.latest();
    return latest?.number === number && latest.seenAt.getTime() === seenAt.getTime();
  }

  private async leave(office: Office): Promise<void> {
    office.close();
    await this.lock.release().catch(() => undefined);
  }
}
