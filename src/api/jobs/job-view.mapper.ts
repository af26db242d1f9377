import { Caller } from '../../access/caller';
import { TranscriptionJob } from '../../core/job';
import { MediaSource, Person } from '../../core/voice-note';
import { mayRead } from './reading-rights';
import { JobView, MediaView, PersonView, SourceView } from './job.view';

/** A job as this caller may see it. Names every field it shows, so that a new one of the job's is not shown by chance. */
export function viewOf(job: TranscriptionJob, caller: Caller): JobView {
  const { id, status, progress, platform, attempts, timings, error } = job;
  // A link to a private note may be all that it takes to listen to it; a file's name may say what it is about.
  const isOpen = mayRead(job, caller);
  return {
    id,
    status,
    progress,
    platform,
    user: personOf(job.requester),
    author: personOf(job.author),
    private: job.confidential,
    source: isOpen ? sourceOf(job.source) : { kind: job.source.kind },
    media: isOpen ? mediaOf(job) : { seconds: job.media.seconds ?? undefined },
    audio: job.audio !== undefined,
    language: job.language ?? null,
    text: isOpen ? (job.text ?? null) : null,
    draft: isOpen ? (job.draft?.transcript.text ?? null) : null,
    corrected: job.corrected ? { by: job.corrected.by, at: job.corrected.at.toISOString() } : null,
    error: error ? { code: error.code, message: error.message } : null,
    attempts,
    outcome: job.outcome ?? null,
    reused: job.reused,
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    finishedAt: job.finishedAt?.toISOString() ?? null,
    timings: { ...timings },
  };
}

function personOf({ id, name }: Person): PersonView {
  return { id, name };
}

/** Before it is decoded only what the sender says is known. */
function mediaOf({ media, source }: TranscriptionJob): MediaView {
  const said: { name?: string; bytes?: number } = source.kind === 'link' ? {} : source;
  return {
    name: media.name ?? said.name,
    format: media.format ?? undefined,
    bytes: media.bytes ?? said.bytes,
    seconds: media.seconds ?? undefined,
  };
}

function sourceOf(source: MediaSource): SourceView {
  if (source.kind === 'link') return { kind: 'link', url: withoutSecrets(source.url) };
  const { kind, name, mimeType } = source;
  return { kind, name, mimeType };
}

/** Passwords stand before the host, signatures and tokens in the query. */
function withoutSecrets(link: string): string | undefined {
  const url = URL.parse(link);
  return url ? `${url.protocol}//${url.host}${url.pathname}` : undefined;
}
