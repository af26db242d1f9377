import { InjectQueue, Processor } from '@nestjs/bull';
import { Queue } from 'bull';
import { HandedOut } from './bull-outlet';
import { LaneProcessor } from './lane.processor';

/** Takes ids of jobs. */
@Processor('transcription')
export class TranscriptionProcessor extends LaneProcessor {
  constructor(@InjectQueue('transcription') queue: Queue<HandedOut>) {
    super(queue);
  }
}
