import { Injectable } from '@nestjs/common';
import { Answer } from './answer';
import { HarkError } from './errors';
import { GoneNotesService } from './gone-notes.service';

/** What becomes of answers that reach nobody. */
@Injectable()
export class UndeliverableService {
  constructor(private readonly gone: GoneNotesService) {}

  /**
   * Where the note itself turned out to be deleted, the transcript goes as if hark had heard of it in time, unless the
   * place wants transcripts kept. All else is kept for whoever asked.
   */
  async settle({ address }: Answer, { code }: HarkError): Promise<void> {
    const { platform, workspace, channel, message } = address;
    if (code !== 'message_gone' || channel === undefined || message === undefined) return;
    await this.gone.messages({ platform, workspace }, channel, [message]);
  }
}
