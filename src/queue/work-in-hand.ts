import { Logger } from '@nestjs/common';
import { Interruption } from '../core/interruption';
import { Lane, LaneHandler } from '../core/job-queue';
import { settledWithin } from './settled-within';

interface Item {
  id: string;
  done: Promise<boolean>;
}

/** The handlers of one lane that run in this process. */
export class WorkInHand {
  private readonly logger = new Logger('Queue');
  private readonly items = new Map<AbortController, Item>();
  private stopping = false;

  constructor(private readonly lane: Lane) {}

  get ids(): string[] {
    return [...this.items.values()].map(({ id }) => id);
  }

  get size(): number {
    return this.items.size;
  }

  /** Never rejects; false when the handler threw. Once stopped, ids are let go untouched. */
  async run(id: string, handler: LaneHandler): Promise<boolean> {
    if (this.stopping) return true;
    const controller = new AbortController();
    const done = this.attempt(id, handler, controller.signal);
    this.items.set(controller, { id, done });
    try {
      return await done;
    } finally {
      this.items.delete(controller);
    }
  }

  /** Waits for what runs, and aborts it after `deadlineMs`; then waits at most `returnMs` more. */
  async stop(deadlineMs: number, returnMs: number): Promise<void> {
    this.stopping = true;
    const all = Promise.all([...this.items.values()].map(({ done }) => done));
    if (await settledWithin(all, deadlineMs)) return;
    for (const controller of this.items.keys()) controller.abort(new Interruption('shutdown'));
    if (await settledWithin(all, returnMs)) return;
    this.logger.error({
      msg: 'Work did not stop when told to; it is left behind',
      lane: this.lane,
      ids: this.ids,
    });
  }

  private async attempt(id: string, handler: LaneHandler, signal: AbortSignal): Promise<boolean> {
    try {
      await handler(id, signal);
      return true;
    } catch (error) {
      this.logger.error({
        err: error,
        msg: 'Work ended without its outcome being stored',
        lane: this.lane,
        id,
      });
      return false;
    }
  }
}
