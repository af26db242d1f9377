import { randomBytes } from 'node:crypto';
import { JobOptions, Queue } from 'bull';
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

/**
 * Hands ids to Bull, as many as the workers of all processes have use for, and takes them back while they wait there
 * when others have come that go first.
 */
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
    let underWay = false;
    try {
      for (let view: LaneView | undefined = begun; view; view = await this.turns.end(view)) {
        underWay = await this.fill(view, pick);
      }
    } catch (error) {
      this.turns.giveUp();
      throw error;
    }
    // A worker that stands still may take an id and never claim it.
    return underWay ? this.timings.claimMs : undefined;
  }

  /** Whether there are ids on their way to a worker. */
  private async fill(view: LaneView, pick: PickReady): Promise<boolean> {
    const taken = this.taken(view);
    const underWay = taken.length + view.waiting.length > 0;
    // Names of dead workers stay active for a while; no more are alive than there are slots.
    const active = Math.min(view.active.length, view.slots);
    const room = view.slots * AHEAD - active;
    if (room <= 0) return underWay;
    const wanted = await pick(room, taken, view.slots);
    const waiting = view.waiting.map(idOf);
    const agreed = wanted.findIndex((id, place) => waiting[place] !== id);
    if (agreed < 0 && waiting.length <= wanted.length) return underWay;
    await this.replace(view.waiting.slice(agreed < 0 ? wanted.length : agreed), wanted.slice(agreed));
    return underWay || wanted.length > 0;
  }

  private async replace(outdated: readonly string[], wanted: readonly string[]): Promise<void> {
    const takenMeanwhile = outdated.length > 0 ? await this.turns.takeBack(outdated) : [];
    const gone = takenMeanwhile.map(idOf);
    const added = wanted.filter((id) => !gone.includes(id)).map((id) => this.handedOut(id));
    // In one go, for Bull keeps the order of arrival.
    if (added.length > 0) await this.redis.ask(() => this.queue.addBulk(added));
  }

  /**
   * What was taken so lately that its worker may be about to claim it. What was taken long ago and is ready in the job
   * table all the same was in the hands of a worker that is gone.
   */
  private taken(view: LaneView): string[] {
    return view.active.filter(({ ageMs }) => ageMs < this.timings.claimMs).map(({ name }) => idOf(name));
  }

  /** Under a new name each time, for Bull ignores a name that it still knows, be it of a dead worker. */
  private handedOut(id: string): { data: HandedOut; opts: JobOptions } {
    return { data: { id }, opts: { jobId: `${id}.${randomBytes(4).toString('hex')}` } };
  }
}

function idOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}
