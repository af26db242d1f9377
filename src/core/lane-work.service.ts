import { Injectable } from '@nestjs/common';
import { DeliveryService } from './delivery.service';
import { JobQueue, Lane, LaneHandler } from './job-queue';
import { Policy } from './policy';
import { TranscriptionService } from './transcription.service';

/** Puts this process to work on lanes, as far as its roles name them. */
@Injectable()
export class LaneWorkService {
  private readonly handlers: Readonly<Record<Lane, LaneHandler>>;

  constructor(
    private readonly queue: JobQueue,
    private readonly policy: Policy,
    private readonly transcription: TranscriptionService,
    delivery: DeliveryService,
  ) {
    this.handlers = {
      transcription: (id, signal) => transcription.run(id, signal),
      delivery: (id, signal) => delivery.run(id, signal),
    };
  }

  async begin(lanes: readonly Lane[]): Promise<void> {
    for (const lane of lanes) {
      const slots = this.policy.slots[lane];
      if (slots) await this.queue.work(lane, slots, this.handlers[lane]);
    }
  }

  /** What runs may go on until the deadline; then it is handed back. */
  async end(lanes: readonly Lane[], deadlineMs: number): Promise<void> {
    await Promise.all(lanes.map((lane) => this.queue.rest(lane, deadlineMs)));
  }

  /** Nothing that waits begins any more. */
  close(): void {
    this.transcription.close();
  }

  /** For good. */
  stop(): Promise<void> {
    return this.queue.stop(0);
  }
}
