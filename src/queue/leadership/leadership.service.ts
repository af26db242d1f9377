import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { Interruption } from '../../core/interruption';
import { Duty, Leadership, Standing, Term } from '../../core/leadership';
import { Policy } from '../../core/policy';
import { shortName } from '../../core/process-mark';
import { TermStore } from '../../core/term-store';
import { QueueTimings } from '../queue-timings';
import { settledWithin } from '../settled-within';
import { Candidate } from './candidate';
import { LeaderLock } from './leader-lock';
import { Office } from './office';

/** Leads when nobody else does, and does the duties while it leads. */
@Injectable()
export class LeadershipService extends Leadership implements OnApplicationBootstrap {
  private readonly logger = new Logger('Leadership');
  private readonly duties: Duty[] = [];
  private readonly debts: (() => Date | undefined)[] = [];
  private readonly stop = new AbortController();
  private office?: Office;
  private running: Promise<void> = Promise.resolve();
  private told?: string;

  constructor(
    private readonly candidate: Candidate,
    private readonly lock: LeaderLock,
    private readonly terms: TermStore,
    private readonly policy: Policy,
    private readonly timings: QueueTimings,
  ) {
    super();
  }

  get term(): Term | undefined {
    return this.office?.signal.aborted ? undefined : this.office;
  }

  owes(since: () => Date | undefined): void {
    this.debts.push(since);
  }

  assume(duty: Duty): void {
    this.duties.push(duty);
  }

  onApplicationBootstrap(): void {
    if (this.wanted) this.running = this.contend();
  }

  async confirm(): Promise<void> {
    if (!this.wanted) return;
    if (!this.office) throw new Interruption('deposed');
    await this.office.confirm();
  }

  async standing(): Promise<Standing> {
    const { term } = this;
    if (term) return { state: 'leading', leader: shortName(this.policy.processId), since: term.since };
    const state = this.wanted ? 'standing-by' : 'outside';
    const latest = await this.terms.latest();
    if (!latest || latest.over || !(await this.lock.isHeld())) return { state };
    return { state, leader: shortName(latest.holder), since: latest.since };
  }

  async resign(deadlineMs: number): Promise<void> {
    this.stop.abort(new Interruption('shutdown'));
    this.office?.finish();
    await settledWithin(this.running, deadlineMs + this.timings.returnMs);
    // Work that hangs must not keep the next one from leading.
    await this.leave();
  }

  /** The whole work of a sole process, the chat connections where there are several. */
  private get wanted(): boolean {
    const { soleProcess, slots } = this.policy;
    return slots.delivery !== undefined || (soleProcess && slots.transcription !== undefined);
  }

  private async contend(): Promise<void> {
    const { signal } = this.stop;
    while (!signal.aborted) {
      try {
        this.office = await this.candidate.run(signal);
        if (this.office) await this.serve(this.office.owing(this.debts));
        else this.tell('Another process leads; this one stands by.');
      } catch (error) {
        if (!signal.aborted)
          this.tell('Nobody can tell who leads at present; this process stands by.', error);
      }
      await pause(this.timings.leaderAskMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async serve(office: Office): Promise<void> {
    this.tell(`This process leads, for the ${office.number}. term.`);
    if (this.stop.signal.aborted) office.finish();
    const ended = Promise.all(this.duties.map((duty) => this.perform(duty, office)));
    if (!office.signal.aborted) await once(office.signal, 'abort');
    if (office.isLost) this.tell('Another process leads now; this one stops and stands by.');
    await ended;
    await this.leave();
  }

  private async perform(duty: Duty, term: Term): Promise<void> {
    try {
      await duty(term);
    } catch (error) {
      this.logger.error({ err: error, msg: 'A duty of the leader has failed' });
    }
  }

  private async leave(): Promise<void> {
    const { office } = this;
    if (!office) return;
    this.office = undefined;
    const { isLost } = office;
    office.close();
    if (isLost) return;
    await settledWithin(this.terms.end(office.number, office.caughtUpAt), this.timings.redisMs);
    await settledWithin(this.lock.release(), this.timings.redisMs);
  }

  /** Once for each change. */
  private tell(msg: string, err?: unknown): void {
    if (this.told !== msg) this.logger[err ? 'warn' : 'log'](err ? { err, msg } : msg);
    this.told = msg;
  }
}
