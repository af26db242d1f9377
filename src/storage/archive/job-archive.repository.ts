import {
  EndedSum,
  JobArchive,
  JobPage,
  JobQuery,
  JobStats,
  Reach,
  TranscriptSearch,
} from '../../core/job-archive';
import { PlatformName } from '../../core/voice-note';
import { MONTHS_KEPT } from '../../core/summary-store';
import { Database } from '../database';
import { ErasedNoteEntity } from '../entities/erased-note.entity';
import { JobEntity } from '../entities/job.entity';
import { SummaryUseEntity } from '../entities/summary-use.entity';
import { QuotaUseEntity } from '../entities/quota-use.entity';
import { digests } from '../jobs/quota-use';
import { ofPlatform } from '../jobs/job-rows';
import { pageOf } from './job-page.query';
import { forgetUse, personOf } from '../summaries/token-use';
import { endedBefore } from './ended-jobs.query';
import { foundWithin, threadsWithin } from './found-jobs.query';
import { seriesOf } from './job-series.query';
import { statsOf } from './job-stats.query';

/** Looks back over the job table. */
export class JobArchiveRepository extends JobArchive {
  constructor(private readonly database: Database) {
    super();
  }

  serverTime(): Promise<Date | undefined> {
    return this.database.read((em) => this.database.dialect.serverTime(em));
  }

  list(query: JobQuery): Promise<JobPage> {
    return this.database.read((em) => pageOf(em, this.database.dialect, query));
  }

  search(search: TranscriptSearch): Promise<JobPage> {
    return this.database.read((em) => foundWithin(em, this.database.dialect, search));
  }

  threadsWithin(reach: Reach, limit: number): Promise<string[]> {
    return this.database.read((em) => threadsWithin(em, this.database.dialect, reach, limit));
  }

  stats(): Promise<JobStats> {
    return this.database.read(statsOf);
  }

  series(since: Date, stepMs: number): Promise<EndedSum[]> {
    return this.database.read((em) => seriesOf(em, this.database.dialect, since, stepMs));
  }

  finishedBefore(time: Date, limit: number): Promise<string[]> {
    return this.database.read((em) => endedBefore(em, time, limit));
  }

  async forgetUsage(before: Date): Promise<void> {
    const older = { createdAt: { $lt: before.getTime() } };
    await this.database.write(async (em) => {
      await em.nativeDelete(QuotaUseEntity, older);
      await em.nativeDelete(ErasedNoteEntity, older);
      await forgetUse(em, before, MONTHS_KEPT);
    });
  }

  async forgetUsageOf(platform: PlatformName, user: string): Promise<void> {
    await this.database.write(async (em) => {
      await em.nativeDelete(QuotaUseEntity, digests({ platform, user }));
      await em.nativeDelete(SummaryUseEntity, { person: personOf({ platform, user }) });
    });
  }

  withAudioBefore(time: Date, limit: number): Promise<{ jobId: string; audioId: string }[]> {
    return this.database.read(async (em) => {
      const jobs = await em.find(
        JobEntity,
        { audioId: { $ne: null }, finishedAt: { $lt: time } },
        { fields: ['audioId'], limit },
      );
      return jobs.flatMap(({ id: jobId, audioId }) => (audioId ? [{ jobId, audioId }] : []));
    });
  }

  async forgetAudio(id: string): Promise<void> {
    await this.database.write((em) =>
      em.nativeUpdate(JobEntity, { id }, { audioId: null, audioBytes: null }),
    );
  }

  needsUpload(uploadId: string): Promise<boolean> {
    return this.database.read(async (em) => {
      const unfinished = { uploadId, status: { $in: ['queued' as const, 'running' as const] } };
      if (await em.findOne(JobEntity, unfinished, { fields: ['id'] })) return true;
      return (await em.findOne(JobEntity, { audioId: uploadId }, { fields: ['id'] })) !== null;
    });
  }

  ofAnswer(answerId: string): Promise<string[]> {
    return this.database.read(async (em) => {
      const jobs = await em.find(
        JobEntity,
        { answer: { id: answerId } },
        { fields: ['id'], orderBy: { position: 'asc', createdAt: 'asc', id: 'asc' } },
      );
      return jobs.map(({ id }) => id);
    });
  }

  ofUser(platform: PlatformName, userId: string): Promise<string[]> {
    return this.database.read(async (em) => {
      const ids = new Set<string>();
      for (const part of [{ authorId: userId }, { requesterId: userId }]) {
        const jobs = await em.find(JobEntity, { $and: [ofPlatform(platform), part] }, { fields: ['id'] });
        for (const { id } of jobs) ids.add(id);
      }
      return [...ids];
    });
  }
}
