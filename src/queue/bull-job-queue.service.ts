import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { JobQueue, Lane, LaneDepth, LaneHandler } from '../core/job-queue';
import { BullLanes } from './bull-lanes';
import { lanesWokenBy } from './lane-wakes';
import { LocalJobEvents } from './local-job-events';
import { RedisConnections } from './redis-connections';

/** The queue of any number of processes: Bull on Redis. */
@Injectable()
export class BullJobQueue extends JobQueue implements BeforeApplicationShutdown {
  private readonly unsubscribe: () => void;
  private stopped?: Promise<void>;

  constructor(
    private readonly lanes: BullLanes,
    private readonly redis: RedisConnections,
    events: LocalJobEvents,
  ) {
    super();
    // Those of this process only: each process wakes the queue for what it has done itself.
    this.unsubscribe = events.subscribe((event) => lanesWokenBy(event).forEach((lane) => this.wake(lane)));
    redis.commands.on('ready', () => lanes.all().forEach((lane) => void lane.recover()));
  }

  wake(lane: Lane): void {
    this.lanes.of(lane).wake();
  }

  /** Resolves though Redis is away; the work begins when it is there. */
  work(lane: Lane, slots: number, handler: LaneHandler): Promise<void> {
    return this.lanes.of(lane).begin(slots, handler);
  }

  rest(lane: Lane, deadlineMs: number): Promise<void> {
    return this.lanes.of(lane).rest(deadlineMs);
  }

  depth(lane: Lane): Promise<LaneDepth> {
    return this.lanes.of(lane).depth();
  }

  /** Also when called twice, it stops once. Events do not reach other processes any more afterwards. */
  stop(deadlineMs: number): Promise<void> {
    this.stopped ??= this.stopAll(deadlineMs);
    return this.stopped;
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.stop(0);
  }

  private async stopAll(deadlineMs: number): Promise<void> {
    await Promise.all(this.lanes.all().map((lane) => lane.stop(deadlineMs)));
    this.unsubscribe();
    await this.redis.close();
  }
}
