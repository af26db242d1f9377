import { Injectable } from '@nestjs/common';
import { Caller } from '../../access/caller';
import { HarkError } from '../../core/errors';
import { TranscriptionJob } from '../../core/job';
import { JobControlService } from '../../core/job-control.service';
import { JobStore } from '../../core/job-store';
import { Summarizer } from '../../core/summarizer';
import { digestOfWords } from '../../core/summary';
import { SummaryDeskService, summariesOff } from '../../core/summary-desk.service';
import { SummaryOfferService } from '../../core/summary-offer.service';
import { SummaryOrder, SummaryWriterService } from '../../core/summary-writer.service';
import { assertMayRead } from '../jobs/reading-rights';
import { SummaryListView, SummaryView, summaryViewOf } from './summary.view';

/** Summaries of single jobs, for callers of the API. */
@Injectable()
export class JobSummariesService {
  constructor(
    private readonly control: JobControlService,
    private readonly jobs: JobStore,
    private readonly offer: SummaryOfferService,
    private readonly desk: SummaryDeskService,
    private readonly writer: SummaryWriterService,
  ) {}

  /** @throws HarkError `job_not_found`, `forbidden` or `transcript_not_ready` */
  async list(id: string, caller: Caller): Promise<SummaryListView> {
    const { transcript } = await this.wordsOf(id, caller);
    const digest = digestOfWords(transcript.text);
    const summaries = (await this.writer.all(id)).map((summary) => summaryViewOf(summary, digest));
    return { summaries, drivers: this.offer.all.map(({ name }) => name) };
  }

  /** Callers of the API are counted, but have no bound, as with other limits. @throws HarkError */
  async write(id: string, driver: string | undefined, caller: Caller): Promise<SummaryView> {
    const summarizer = this.summarizerOf(driver);
    const { job, transcript } = await this.wordsOf(id, caller);
    await this.desk.checkSpeaker(job.platform, job.author, summarizer);
    const user = { platform: 'api', user: caller.id };
    const summary = await this.writer.write({ job, transcript, summarizer, user, bound: 0 });
    return summaryViewOf(summary, digestOfWords(transcript.text));
  }

  private summarizerOf(driver: string | undefined): Summarizer {
    const { all } = this.offer;
    const [first] = all;
    if (!first) throw summariesOff();
    const found = driver === undefined ? first : all.find(({ name }) => name === driver);
    if (found) return found;
    const known = all.map(({ name }) => name).join(', ');
    throw new HarkError('field_invalid', `driver must be one of ${known}.`);
  }

  private async wordsOf(
    id: string,
    caller: Caller,
  ): Promise<{ job: TranscriptionJob; transcript: SummaryOrder['transcript'] }> {
    const job = await this.control.find(id);
    assertMayRead(job, caller);
    const transcript = await this.jobs.transcript(id);
    if (!transcript || transcript.text.trim() === '')
      throw new HarkError('transcript_not_ready', `There are no words to sum up: the job is ${job.status}.`, {
        params: { status: job.status },
      });
    return { job, transcript };
  }
}
