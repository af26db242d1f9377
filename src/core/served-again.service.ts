import { Injectable } from '@nestjs/common';
import { TranscriptionJob } from './job';
import { AttemptResult, JobStore } from './job-store';

/** Serves a note that has been read before from the stored transcript. */
@Injectable()
export class ServedAgainService {
  constructor(private readonly jobs: JobStore) {}

  /** What an earlier job found in the same audio with the same options; undefined when it must be read (again). */
  async find(job: TranscriptionJob): Promise<AttemptResult | undefined> {
    if (job.fresh || job.contentKey === undefined) return undefined;
    const earlier = await this.jobs.findDone(job.contentKey);
    const transcript = earlier && (await this.jobs.transcript(earlier.id));
    if (!earlier?.outcome || !transcript) return undefined;
    return { outcome: earlier.outcome, transcript, media: earlier.media, timings: {} };
  }
}
