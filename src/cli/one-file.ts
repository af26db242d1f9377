import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename } from 'node:path';
import { INestApplicationContext } from '@nestjs/common';
import { HarkError } from '../core/errors';
import { IntakeService } from '../core/intake.service';
import { TranscriptionJob, isFinished } from '../core/job';
import { JobControlService } from '../core/job-control.service';
import { JobEvents } from '../core/job-events';
import { JobStore } from '../core/job-store';
import { MediaReader } from '../core/media';
import { Policy } from '../core/policy';
import { Transcript } from '../core/transcript';
import { UploadStore } from '../core/upload-store';
import { LinkSource, TranscriptionOptions, UploadSource } from '../core/voice-note';

/**
 * Sends one file or link through the pipeline and waits for its transcript.
 *
 * @param application with the `worker` role and nothing else to do
 * @param onProgress 0 to 1
 * @throws HarkError that the job ended with
 */
export async function transcribeOne(
  application: INestApplicationContext,
  source: string,
  options: TranscriptionOptions,
  signal: AbortSignal,
  onProgress: (progress: number) => void,
): Promise<Transcript> {
  const me = { id: userInfo().username };
  const { job } = await application.get(IntakeService).submit({
    platform: 'cli',
    author: me,
    requester: me,
    trigger: 'request',
    source: isLink(source) ? { kind: 'link', url: source } : await upload(application, source),
    options,
    private: false,
    position: 0,
    fresh: true,
  });
  const ended = await untilEnded(application, job.id, signal, onProgress);
  const transcript = await application.get(JobStore).transcript(job.id);
  if (ended.status === 'done' && transcript) return transcript;
  throw new HarkError(
    ended.error?.code ?? 'cancelled',
    ended.error?.message ?? 'The transcription was cancelled.',
  );
}

function isLink(source: string): source is LinkSource['url'] {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(source);
}

async function upload(application: INestApplicationContext, path: string): Promise<UploadSource> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) throw new HarkError('media_gone', `There is no file ${path}.`);
  const { maxBytes } = application.get(Policy).media;
  const {
    id: uploadId,
    head,
    ...rest
  } = await application.get(UploadStore).save(createReadStream(path), maxBytes);
  await application.get(MediaReader).identify(head);
  return { kind: 'upload', uploadId, name: basename(path), bytes: rest.bytes, sha256: rest.sha256 };
}

async function untilEnded(
  application: INestApplicationContext,
  jobId: string,
  signal: AbortSignal,
  onProgress: (progress: number) => void,
): Promise<TranscriptionJob> {
  const ended = Promise.withResolvers<void>();
  const unsubscribe = application.get(JobEvents).subscribe((event) => {
    if (event.jobId !== jobId) return;
    if (event.type === 'progress') onProgress(event.progress);
    if (event.type === 'status' && isFinished(event.status)) ended.resolve();
  });
  const cancel = (): void => {
    application
      .get(JobControlService)
      .cancel(jobId)
      .then(() => undefined, ended.reject);
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    // It may have ended before anybody listened.
    const job = await application.get(JobControlService).find(jobId);
    if (!isFinished(job.status)) await ended.promise;
    return await application.get(JobControlService).find(jobId);
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', cancel);
  }
}
