import { Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { DeliveryService } from './delivery.service';
import { JobQueue, LANES, Lane, LaneHandler } from './job-queue';
import { Policy } from './policy';
import { TranscriptionService } from './transcription.service';
import { UpkeepService } from './upkeep.service';

/** Puts this process to work on the lanes that its roles name, and ends the work in order. */
@Injectable()
export class WorkersService implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly queue: JobQueue,
    private readonly policy: Policy,
    private readonly transcription: TranscriptionService,
    private readonly delivery: DeliveryService,
    private readonly upkeep: UpkeepService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const handlers: Record<Lane, LaneHandler> = {
      transcription: (id, signal) => this.transcription.run(id, signal),
      delivery: (id, signal) => this.delivery.run(id, signal),
    };
    await this.upkeep.begin();
    for (const lane of LANES) {
      const slots = this.policy.slots[lane];
      if (slots) await this.queue.work(lane, slots, handlers[lane]);
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.transcription.close();
    await this.queue.stop(this.policy.shutdownMs);
  }
}
