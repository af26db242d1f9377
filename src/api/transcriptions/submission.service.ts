import { Injectable } from '@nestjs/common';
import { HarkError } from '../../core/errors';
import { IntakeService } from '../../core/intake.service';
import { TranscriptionJob } from '../../core/job';
import { keysOf } from '../../core/job-keys';
import { LinkFetcher, MediaReader } from '../../core/media';
import { Telemetry } from '../../core/telemetry';
import { UploadStore } from '../../core/upload-store';
import { LinkSource, Person, TranscriptionOptions, UploadSource, VoiceNote } from '../../core/voice-note';
import { ReceivedFile } from './received-file';
import { tellRefusal } from './refusal';

/** A call to transcribe something, well-formed by now. */
export interface Submission {
  media: { file: ReceivedFile } | { url: string };
  options: TranscriptionOptions;
  /** What was heard before does not count. */
  fresh: boolean;
  /** Whose token it was. */
  caller: Person;
  idempotencyKey?: string;
}

/** Takes a call in as a job, once everything that the request itself shows has been looked at. */
@Injectable()
export class SubmissionService {
  constructor(
    private readonly intake: IntakeService,
    private readonly reader: MediaReader,
    private readonly links: LinkFetcher,
    private readonly uploads: UploadStore,
    private readonly telemetry: Telemetry,
  ) {}

  /** @throws HarkError when it is refused; the caller removes the file then */
  async submit(submission: Submission): Promise<TranscriptionJob> {
    const note = await this.noteOf(submission).catch((error: unknown) => {
      tellRefusal(this.telemetry, error);
      throw error;
    });
    const { job, created } = await this.intake.submit(note);
    if (created) {
      if ('file' in submission.media) submission.media.file.taken = true;
      return job;
    }
    if (job.contentKey !== keysOf(note).contentKey) {
      throw new HarkError(
        'idempotency_conflict',
        'This Idempotency-Key came with another request before; use a new one.',
      );
    }
    // The first request's file serves. What cannot be removed now the janitor finds.
    if (note.source.kind === 'upload') await this.uploads.remove(note.source.uploadId).catch(() => undefined);
    return job;
  }

  private async noteOf({
    media,
    options,
    fresh,
    caller: { id, name },
    idempotencyKey,
  }: Submission): Promise<VoiceNote> {
    const caller = { id, ...(name !== undefined && { name }) };
    return {
      platform: 'api',
      author: caller,
      requester: caller,
      trigger: 'request',
      source: 'file' in media ? await this.uploadSource(media.file) : await this.linkSource(media.url),
      options,
      private: false,
      position: 0,
      fresh,
      occurrence: idempotencyKey,
    };
  }

  private async uploadSource({ upload, originalname, mimetype }: ReceivedFile): Promise<UploadSource> {
    await this.reader.identify(upload.head);
    const { id: uploadId, sha256, bytes } = upload;
    return { kind: 'upload', uploadId, sha256, bytes, name: originalname, mimeType: mimetype };
  }

  /** A host that does not answer now may do so later: that ends the job, not the request. */
  private async linkSource(url: string): Promise<LinkSource> {
    await this.links.check(url).catch((error: unknown) => {
      if (!(error instanceof HarkError) || error.code !== 'link_unreachable') throw error;
    });
    return { kind: 'link', url };
  }
}
