import { Injectable } from '@nestjs/common';
import { JobArchive } from './job-archive';
import { JobStore, UsageEntry } from './job-store';
import { ExportedRecording, exportedRecording } from './person-export';
import { MonthlyUse, SummaryStore } from './summary-store';
import { PlatformName } from './voice-note';

/** Gathers what somebody spoke or asked for, and what that has cost. */
@Injectable()
export class ExportedRecordingsService {
  constructor(
    private readonly archive: JobArchive,
    private readonly jobs: JobStore,
    private readonly summaries: SummaryStore,
  ) {}

  /** Newest first. */
  async of(platform: PlatformName, id: string): Promise<ExportedRecording[]> {
    const recordings: ExportedRecording[] = [];
    for (const jobId of await this.archive.ofUser(platform, id)) {
      const job = await this.jobs.find(jobId);
      // One that went meanwhile is not stored any more.
      if (!job) continue;
      const transcript = await this.jobs.transcript(jobId);
      const heard = job.corrected && (await this.jobs.transcript(jobId, 'heard'));
      const summaries = await this.summaries.of(jobId);
      recordings.push(exportedRecording(job, { transcript, heard, summaries }, id));
    }
    return recordings.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  }

  async useOf(
    platform: PlatformName,
    user: string,
    since: Date,
  ): Promise<{ use: UsageEntry[]; summaries: MonthlyUse[] }> {
    return {
      use: await this.jobs.usage({ platform, user }, since),
      summaries: await this.summaries.usage({ platform, user }),
    };
  }
}
