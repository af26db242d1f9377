import { InjectQueue, Processor } from '@nestjs/bull';
import { Queue } from 'bull';
import { HandedOut } from './bull-outlet';
import { LaneProcessor } from './lane.processor';

/** Takes ids of answers. */
@Processor('delivery')
export class DeliveryProcessor extends LaneProcessor {
  constructor(@InjectQueue('delivery') queue: Queue<HandedOut>) {
    super(queue);
  }
}
