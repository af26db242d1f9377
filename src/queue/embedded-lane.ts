import { Lane, LaneDepth, LaneHandler } from '../core/job-queue';
import { Dispatcher, Outlet, PickReady } from './dispatcher';
import { LaneTable } from './lane-tables';
import { QueueTimings } from './queue-timings';
import { WorkInHand } from './work-in-hand';

/** One lane of the embedded queue: ids go from the job table straight into free slots. */
export class EmbeddedLane implements Outlet {
  private readonly dispatcher: Dispatcher;
  private readonly work: WorkInHand;

  constructor(
    lane: Lane,
    private readonly slots: number,
    private readonly handler: LaneHandler,
    private readonly table: LaneTable,
    private readonly timings: QueueTimings,
  ) {
    this.work = new WorkInHand(lane);
    this.dispatcher = new Dispatcher(lane, table, this, timings);
  }

  start(): void {
    this.dispatcher.watch();
  }

  wake(): void {
    this.dispatcher.wake();
  }

  async offer(pick: PickReady): Promise<undefined> {
    const free = this.slots - this.work.size;
    if (free <= 0) return;
    for (const id of await pick(free, this.work.ids, this.slots)) void this.run(id);
  }

  async depth(): Promise<LaneDepth> {
    return { waiting: await this.table.waiting(), active: this.work.size };
  }

  async stop(deadlineMs: number): Promise<void> {
    await this.dispatcher.stop();
    await this.work.stop(deadlineMs, this.timings.returnMs);
  }

  private async run(id: string): Promise<void> {
    if (!(await this.work.run(id, this.handler))) this.dispatcher.holdBack(id);
    this.dispatcher.wake();
  }
}
