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
  private work?: WorkInHand;
  private handler: LaneHandler = () => Promise.resolve();
  private consuming = false;

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
    if (this.work) throw new Error(`The ${this.lane} lane has its handler already`);
    const work = new WorkInHand(this.lane);
    [this.work, this.handler] = [work, handler];
    // Before Redis has answered once, Bull would leave promises behind that nobody watches.
    this.redis.whenReady(() => this.work === work && this.consume(slots));
    await this.roster.join(slots);
    this.dispatcher.watch();
  }

  /** What is handed back meanwhile goes to the other processes. */
  async rest(deadlineMs: number): Promise<void> {
    await this.letGo(deadlineMs);
  }

  async depth(): Promise<LaneDepth> {
    const [active, waiting] = await Promise.all([
      this.redis.ask(() => this.processor.queue.getActiveCount()),
      this.table.waiting(),
    ]);
    return { waiting, active };
  }

  async stop(deadlineMs: number): Promise<void> {
    const answers = await this.letGo(deadlineMs);
    await Promise.all([
      this.dispatcher.stop(),
      settledWithin(this.processor.queue.close(true), answers ? this.timings.redisMs : 0),
    ]);
  }

  /** Bull takes a consumer once, and can only be told to pause and to go on. */
  private consume(slots: number): void {
    if (this.consuming) return void this.processor.queue.resume(true).catch(() => undefined);
    this.consuming = true;
    this.processor.consume(
      slots,
      (id) => this.take(id),
      () => this.wake(),
    );
  }

  /** An id that comes while nobody is at work is let go; the dispatcher hands it out again. */
  private async take(id: string): Promise<void> {
    if (this.work && !(await this.work.run(id, this.handler))) this.dispatcher.holdBack(id);
  }

  /** A connection that Bull closes while it is just being opened would never be opened again. */
  private async pause(): Promise<void> {
    await this.redis.standing();
    await settledWithin(this.processor.queue.pause(true, true), this.timings.redisMs);
  }

  /** Whether Redis answers. */
  private async letGo(deadlineMs: number): Promise<boolean> {
    const work = this.work;
    const [answers] = await Promise.all([
      this.roster.leave(),
      this.consuming && this.pause(),
      work?.stop(deadlineMs, this.timings.returnMs),
    ]);
    this.work = undefined;
    if (answers) {
      await this.redis.settle().catch(() => undefined);
      await this.dispatcher.lookOnce();
    }
    return answers;
  }
}
