import { Injectable } from '@nestjs/common';
import { AnswerStore } from '../core/answer-store';
import { Clock } from '../core/clock';
import { Lane } from '../core/job-queue';
import { JobStore } from '../core/job-store';
import { Policy } from '../core/policy';

/** Counting stops here. */
const MOST_COUNTED = 10_000;

/** What the job table says of one lane. */
export interface LaneTable {
  now(): Date;
  /** Ids that may start, in fair order, without those in `except`. */
  ready(limit: number, except: readonly string[]): Promise<string[]>;
  /** How many are due, up to a number that nobody needs more exactly. */
  waiting(): Promise<number>;
  /** Gives back what nobody holds any more. The ids of those. */
  expireLeases(now: Date): Promise<string[]>;
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
    const store = lane === 'transcription' ? this.jobs : this.answers;
    const now = (): Date => this.clock.now();
    const ready = (limit: number, except: readonly string[], activeJobsPerUser: number): Promise<string[]> =>
      lane === 'transcription'
        ? this.jobs.ready(limit, now(), { activeJobsPerUser }, except)
        : this.answers.ready(limit, now(), except);
    return {
      now,
      ready: (limit, except) => ready(limit, except, this.policy.quota.activeJobs),
      // Those that wait for another one of the same user are due, too.
      waiting: async () => (await ready(MOST_COUNTED, [], 0)).length,
      expireLeases: (time) => store.expireLeases(time),
      nextDueAt: (time) => store.nextDueAt(time),
    };
  }
}
