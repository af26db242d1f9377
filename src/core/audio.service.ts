import { Injectable, Logger } from '@nestjs/common';
import { copied } from './copied-stream';
import { HarkError } from './errors';
import { KeptAudio, TranscriptionJob } from './job';
import { JobArchive } from './job-archive';
import { MediaInput } from './media';
import { Policy } from './policy';
import { ByteRange, UploadStore } from './upload-store';

const DAY_MS = 86_400_000;
const BATCH = 100;
/** Nobody needs an upload that was in nobody's use for so long: by then whoever saved it has stored its job. */
const ORPHANED_MS = 50 * 60_000;

/** Audio while it is read, that is copied where the admin wants audio kept. */
export interface ReadAudio {
  input: MediaInput;
  /** To be called once it has been read: what is to be kept, if anything. */
  kept: () => Promise<KeptAudio | undefined>;
  /** To be called when it was not read to its end, or is of no use. */
  discard: () => Promise<void>;
}

/** What becomes of recordings: mostly they go as soon as they are read; where the admin wants it, they stay for a while. */
@Injectable()
export class AudioService {
  private readonly logger = new Logger(AudioService.name);

  /** Uploads that nobody needed when last looked for, and since when, by the clock that nobody sets. */
  private orphans = new Map<string, number>();

  constructor(
    private readonly uploads: UploadStore,
    private readonly archive: JobArchive,
    private readonly policy: Policy,
  ) {}

  /** What is for some people only is never kept: they have it. */
  keeps({ confidential }: Pick<TranscriptionJob, 'confidential'>): boolean {
    return this.policy.keepAudioDays > 0 && !confidential;
  }

  /** The job's audio, to be read instead of `input`. */
  reading(job: TranscriptionJob, input: MediaInput): ReadAudio {
    const { source } = job;
    if (!this.keeps(job))
      return { input, kept: () => Promise.resolve(undefined), discard: () => Promise.resolve() };
    if (source.kind === 'upload') {
      // It is there already; it only has to stay.
      const audio = { id: source.uploadId, bytes: source.bytes };
      return { input, kept: () => Promise.resolve(audio), discard: () => Promise.resolve() };
    }
    const { stream, copy } = copied(input.stream);
    const saved = this.uploads.save(copy, this.policy.media.maxBytes).then(
      ({ id, bytes }) => ({ id, bytes }),
      (error: unknown) => {
        this.logger.debug({ err: error, jobId: job.id, msg: 'No audio was kept' });
        return undefined;
      },
    );
    return {
      input: { ...input, stream },
      kept: () => {
        // Whoever listens need not have read what stands behind the sound.
        stream.resume();
        return saved;
      },
      discard: async () => {
        stream.destroy();
        const audio = await saved;
        if (audio) await this.remove(audio.id, job);
      },
    };
  }

  /** @throws HarkError `media_gone` when it was not kept, or is not there any more */
  async open({ audio }: TranscriptionJob, range?: ByteRange): Promise<MediaInput> {
    if (!audio) throw new HarkError('media_gone', 'The audio of this job was not kept.');
    return this.uploads.open(audio.id, range);
  }

  /** All of a job's audio. What the storage does not let go of now, the janitor removes. */
  async removeAll(job: TranscriptionJob): Promise<void> {
    const { source, audio } = job;
    if (source.kind === 'upload') await this.remove(source.uploadId, job);
    if (audio && !(source.kind === 'upload' && source.uploadId === audio.id))
      await this.remove(audio.id, job);
  }

  /** Removes what was kept for long enough, and what no job needs. The number of those. */
  async clean(now: Date): Promise<number> {
    const before = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
    const expired = await this.removeExpired(before(this.policy.keepAudioDays));
    const earlier = this.orphans;
    this.orphans = new Map();
    const removed = await this.uploads.removeOrphans(before(1), async (id) => {
      if (await this.archive.needsUpload(id)) return true;
      const since = earlier.get(id) ?? performance.now();
      this.orphans.set(id, since);
      return performance.now() - since < ORPHANED_MS;
    });
    return expired + removed;
  }

  private async removeExpired(before: Date): Promise<number> {
    for (let removed = 0; ;) {
      const expired = await this.archive.withAudioBefore(before, BATCH);
      for (const { jobId, audioId } of expired) {
        // Whoever looks in between finds no address to a file that is gone.
        await this.archive.forgetAudio(jobId);
        await this.remove(audioId, { id: jobId });
      }
      removed += expired.length;
      if (expired.length < BATCH) return removed;
    }
  }

  private async remove(
    uploadId: string,
    { id: jobId, platform }: Pick<TranscriptionJob, 'id'> & Partial<TranscriptionJob>,
  ): Promise<void> {
    await this.uploads.remove(uploadId).catch((error: unknown) => {
      const msg = 'The audio cannot be removed now; it will be within a day';
      this.logger.warn({ err: error, jobId, platform, stage: 'removing', msg });
    });
  }
}
