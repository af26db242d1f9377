import { Injectable } from '@nestjs/common';
import { GlossaryService } from './glossary.service';
import { TranscriptionJob } from './job';
import { AttemptResult } from './job-store';
import { Listener } from './listening.service';
import { ReadingService } from './reading.service';

/** Has a note read with the names and terms of its place in mind. */
@Injectable()
export class InformedReadingService {
  constructor(
    private readonly glossary: GlossaryService,
    private readonly reading: ReadingService,
  ) {}

  /** @throws HarkError as `ReadingService.read` */
  async read(job: TranscriptionJob, signal: AbortSignal, listener: Listener): Promise<AttemptResult> {
    const informed = await this.glossary.informed(job);
    const { glossaryKey } = informed;
    return { ...(await this.reading.read(informed, signal, listener)), glossaryKey };
  }
}
