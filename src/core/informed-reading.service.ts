import { Injectable } from '@nestjs/common';
import { GlossaryService } from './glossary.service';
import { DraftingService } from './drafting.service';
import { Draft, TranscriptionJob } from './job';
import { AttemptResult } from './job-store';
import { Listener } from './listening.service';
import { ReadingService } from './reading.service';

/** Has a note read with the names and terms of its place in mind. */
@Injectable()
export class InformedReadingService {
  constructor(
    private readonly glossary: GlossaryService,
    private readonly reading: ReadingService,
    private readonly drafting: DraftingService,
  ) {}

  /** Undefined where none is to be had. @throws as `DraftingService.draft` */
  async draft(job: TranscriptionJob, signal: AbortSignal, listener: Listener): Promise<Draft | undefined> {
    return this.drafting.draft(await this.glossary.informed(job), signal, listener);
  }

  /** @throws HarkError as `ReadingService.read` */
  async read(job: TranscriptionJob, signal: AbortSignal, listener: Listener): Promise<AttemptResult> {
    const informed = await this.glossary.informed(job);
    const { glossaryKey } = informed;
    return { ...(await this.reading.read(informed, signal, listener)), glossaryKey };
  }
}
