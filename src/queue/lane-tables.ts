import { Injectable } from '@nestjs/common';
import { AnswerStore } from '../core/answer-store';
import { Clock } from '../core/clock';
import { readyRules } from '../core/fair-share';
import { Lane } from '../core/job-queue';
import { JobStore } from '../core/job-store';
import { Policy } from '../core/policy';
import { LeaseWatch } from './lease-watch';

/** Counting stops here. */
const MOST_COUNTED = 10_000;

/** What the job table says of one lane. */
export interface LaneTable {
  now(): Date;
  /**
   * Ids that may start, in fair order, without those in `except`.
   *
   * @param slots of all workers of the lane
   */
  ready(limit: number, except: readonly string[], slots: number): Promise<string[]>;
  /** How many are due, up to a number that nobody needs more exactly. */
  waiting(): Promise<number>;
  /** Takes back what nobody holds any more. Milliseconds after which there may be more, while anything is held. */
  expireLeases(): Promise<number | undefined>;
  /** When something falls due by time alone after `now`. */
  nextDueAt(now: Date): Promise<Date | undefined>;
}

/** The two lanes' sides of the job table. */
@Injectable()
export class LaneTables {
  constructor(
    private readonly jobs: JobStore,
    private readonly answers: AnswerStore,
    private readonly policy: Policy,
    private readonly clock: Clock,
  ) {}

  of(lane: Lane): LaneTable {
    const now = (): Date => this.clock.now();
    const store = lane === 'transcription' ? this.jobs : this.answers;
    const watch = new LeaseWatch(store, this.clock, this.policy.leaseMs);
    const common = {
      now,
      expireLeases: () => watch.look(),
      nextDueAt: (time: Date) => store.nextDueAt(time),
    };
    if (lane === 'delivery') {
      return {
        ...common,
        ready: (limit, except) => this.answers.ready(limit, now(), except),
        waiting: () => this.answers.countWaiting(now(), MOST_COUNTED),
      };
    }
    return {
      ...common,
      ready: (limit, except, slots) => this.jobs.ready(limit, now(), readyRules(this.policy, slots), except),
      waiting: () => this.jobs.countWaiting(now(), MOST_COUNTED),
    };
  }
}
