import { Lane, LaneDepth, LaneHandler } from '../core/job-queue';
import { BullOutlet } from './bull-outlet';
import { DispatchTurns } from './dispatch-turns';
import { Dispatcher } from './dispatcher';
import { LaneProcessor } from './lane.processor';
import { LaneTable } from './lane-tables';
import { QueueTimings } from './queue-timings';
import { RedisConnections } from './redis-connections';
import { settledWithin } from './settled-within';
import { WorkInHand } from './work-in-hand';
import { WorkerRoster } from './worker-roster';

/** One lane of the queue on Redis, as one process sees it. It hands ids out whether or not it works on them. */
export class BullLane {
  private readonly dispatcher: Dispatcher;
  private readonly roster: WorkerRoster;
  private readonly work: WorkInHand;
  private working = false;

  constructor(
    private readonly lane: Lane,
    private readonly processor: LaneProcessor,
    private readonly table: LaneTable,
    private readonly redis: RedisConnections,
    private readonly timings: QueueTimings,
  ) {
    const turns = new DispatchTurns(redis, lane, processor.queue, timings.turnMs);
    const outlet = new BullOutlet(processor.queue, turns, redis, timings);
    this.dispatcher = new Dispatcher(lane, table, outlet, timings);
    this.roster = new WorkerRoster(redis, lane, timings.heartbeatMs, () => this.wake());
    this.work = new WorkInHand(lane);
  }

  wake(): void {
    this.dispatcher.wake();
  }

  /** Redis is there, for the first time or again, and may have lost everything. */
  async recover(): Promise<void> {
    await this.roster.beat();
    this.wake();
  }

  async begin(slots: number, handler: LaneHandler): Promise<void> {
    if (this.working) throw new Error(`The ${this.lane} lane has its handler already`);
    this.working = true;
    const take = async (id: string): Promise<void> => {
      if (!(await this.work.run(id, handler))) this.dispatcher.holdBack(id);
    };
    // Before Redis has answered once, Bull would leave promises behind that nobody watches.
    this.redis.whenReady(() => this.processor.consume(slots, take, () => this.wake()));
    await this.roster.join(slots);
    this.dispatcher.watch();
  }

  async depth(): Promise<LaneDepth> {
    const [active, waiting] = await Promise.all([
      this.redis.ask(() => this.processor.queue.getActiveCount()),
      this.table.waiting(),
    ]);
    return { waiting, active };
  }

  /** What is handed back meanwhile goes to the other processes. */
  async stop(deadlineMs: number): Promise<void> {
    const { queue } = this.processor;
    const [answers] = await Promise.all([
      this.roster.leave(),
      settledWithin(queue.pause(true, true), this.timings.redisMs),
      this.work.stop(deadlineMs, this.timings.returnMs),
    ]);
    if (answers) {
      await this.redis.settle().catch(() => undefined);
      await this.dispatcher.lookOnce();
    }
    await Promise.all([
      this.dispatcher.stop(),
      settledWithin(queue.close(true), answers ? this.timings.redisMs : 0),
    ]);
  }
}
