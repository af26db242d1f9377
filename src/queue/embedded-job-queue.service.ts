import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { JobQueue, Lane, LaneDepth, LaneHandler } from '../core/job-queue';
import { EmbeddedLane } from './embedded-lane';
import { LaneTables } from './lane-tables';
import { lanesWokenBy } from './lane-wakes';
import { LocalJobEvents } from './local-job-events';
import { QueueTimings } from './queue-timings';

/** The queue of a sole process: no service beside the database. */
@Injectable()
export class EmbeddedJobQueue extends JobQueue implements BeforeApplicationShutdown {
  private readonly lanes = new Map<Lane, EmbeddedLane>();
  private readonly unsubscribe: () => void;
  private stopped?: Promise<void>;

  constructor(
    private readonly tables: LaneTables,
    private readonly timings: QueueTimings,
    events: LocalJobEvents,
  ) {
    super();
    this.unsubscribe = events.subscribe((event) => lanesWokenBy(event).forEach((lane) => this.wake(lane)));
  }

  wake(lane: Lane): void {
    this.lanes.get(lane)?.wake();
  }

  async work(lane: Lane, slots: number, handler: LaneHandler): Promise<void> {
    if (this.lanes.has(lane)) throw new Error(`The ${lane} lane has its handler already`);
    const begun = new EmbeddedLane(lane, slots, handler, this.tables.of(lane), this.timings);
    this.lanes.set(lane, begun);
    begun.start();
    return Promise.resolve();
  }

  async rest(lane: Lane, deadlineMs: number): Promise<void> {
    const working = this.lanes.get(lane);
    this.lanes.delete(lane);
    await working?.stop(deadlineMs);
  }

  async depth(lane: Lane): Promise<LaneDepth> {
    const working = this.lanes.get(lane);
    return working ? working.depth() : { waiting: await this.tables.of(lane).waiting(), active: 0 };
  }

  /** Also when called twice, it stops once. */
  stop(deadlineMs: number): Promise<void> {
    this.unsubscribe();
    this.stopped ??= Promise.all([...this.lanes.values()].map((lane) => lane.stop(deadlineMs))).then(
      () => undefined,
    );
    return this.stopped;
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.stop(0);
  }
}
