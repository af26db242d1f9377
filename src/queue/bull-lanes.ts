import { Injectable } from '@nestjs/common';
import { LANES, Lane } from '../core/job-queue';
import { BullLane } from './bull-lane';
import { DeliveryProcessor } from './delivery.processor';
import { LaneTables } from './lane-tables';
import { QueueTimings } from './queue-timings';
import { RedisConnections } from './redis-connections';
import { TranscriptionProcessor } from './transcription.processor';

/** The lanes of the queue on Redis. */
@Injectable()
export class BullLanes {
  private readonly lanes: Record<Lane, BullLane>;

  constructor(
    transcription: TranscriptionProcessor,
    delivery: DeliveryProcessor,
    tables: LaneTables,
    redis: RedisConnections,
    timings: QueueTimings,
  ) {
    this.lanes = {
      transcription: new BullLane('transcription', transcription, tables.of('transcription'), redis, timings),
      delivery: new BullLane('delivery', delivery, tables.of('delivery'), redis, timings),
    };
  }

  of(lane: Lane): BullLane {
    return this.lanes[lane];
  }

  all(): BullLane[] {
    return LANES.map((lane) => this.lanes[lane]);
  }
}
