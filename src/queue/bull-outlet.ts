import { randomBytes } from 'node:crypto';
import { Queue } from 'bull';
import { Outlet, PickReady } from './dispatcher';
import { DispatchTurns } from './dispatch-turns';
import { LaneView } from './lane-view';
import { QueueTimings } from './queue-timings';
import { RedisConnections } from './redis-connections';

/** Ids for each worker slot in Bull, the one at work included: enough that no slot waits, few enough to stay fair. */
const AHEAD = 2;

/** What Bull carries: an id, nothing else. */
export interface HandedOut {
  id: string;
}

/** Hands ids to Bull, as many as the workers of all processes have use for. */
export class BullOutlet implements Outlet {
  constructor(
    private readonly queue: Queue<HandedOut>,
    private readonly turns: DispatchTurns,
    private readonly redis: RedisConnections,
    private readonly timings: QueueTimings,
  ) {}

  async offer(pick: PickReady): Promise<number | undefined> {
    const begun = await this.turns.begin();
    if (typeof begun === 'number') return begun;
    try {
      for (let view: LaneView | undefined = begun; view; view = await this.turns.end(view)) {
        await this.fill(view, pick);
      }
    } catch (error) {
      this.turns.giveUp();
      throw error;
    }
    return undefined;
  }

  private async fill(view: LaneView, pick: PickReady): Promise<void> {
    // Names of dead workers stay active for a while; no more are alive than there are slots.
    const active = Math.min(view.active.length, view.slots);
    const room = view.slots * AHEAD - view.waiting.length - active;
    if (room <= 0) return;
    const ids = await pick(room, this.inHand(view));
    await this.redis.ask(() => Promise.all(ids.map((id) => this.add(id))));
  }

  /**
   * What waits in Bull, and what was taken so lately that its worker may be about to claim it. What was taken long ago
   * and is ready in the job table all the same was in the hands of a worker that is gone.
   */
  private inHand(view: LaneView): string[] {
    const taken = view.active.filter(({ ageMs }) => ageMs < this.timings.claimMs);
    return [...view.waiting, ...taken.map(({ name }) => name)].map(idOf);
  }

  /** Under a new name each time, for Bull ignores a name that it still knows, be it of a dead worker. */
  private add(id: string): Promise<unknown> {
    return this.queue.add({ id }, { jobId: `${id}.${randomBytes(4).toString('hex')}` });
  }
}

function idOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}
