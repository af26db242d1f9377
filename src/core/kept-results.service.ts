import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { TranscriptionJob } from './job';
import { AttemptResult, JobStore, Reader } from './job-store';
import { Policy } from './policy';
import { PreferenceStore } from './preference-store';
import { Transcriber } from './transcriber';
import { TranscriptionOptions } from './voice-note';

const DAY_MS = 86_400_000;

/**
 * Serves from stored transcripts what has been heard before, never across the bounds of privacy: a workspace shares
 * what was asked for openly in it; what was private, or said between two, serves its own requester only.
 */
@Injectable()
export class KeptResultsService {
  constructor(
    private readonly jobs: JobStore,
    private readonly preferences: PreferenceStore,
    private readonly transcriber: Transcriber,
    private readonly policy: Policy,
    private readonly clock: Clock,
  ) {}

  /** What is known before the media are opened; undefined when they must be. */
  async find(job: TranscriptionJob): Promise<AttemptResult | undefined> {
    const { source, contentKey } = job;
    if (job.fresh) return undefined;
    if (source.kind === 'upload') return this.ofAudio(job, source.sha256);
    // A link may lead to something else by now; the same file of the same message is the same for ever.
    if (source.kind === 'link' || contentKey === undefined) return undefined;
    const since = this.since();
    if (!since) return undefined;
    const earlier = await this.jobs.findDone(contentKey, readerOf(job));
    if (!earlier?.startedAt || earlier.startedAt < since) return undefined;
    const result = await this.result(earlier);
    // With other ears, or other terms in mind, it may be heard better; what a person has corrected may not.
    const asNow =
      earlier.glossaryKey === job.glossaryKey &&
      result?.transcript.madeBy === this.transcriber.describe(job.options);
    return earlier.corrected || asNow ? result : undefined;
  }

  /** What an earlier job heard in the same audio, with the same options and the same ears. */
  async ofAudio(job: TranscriptionJob, sha256: string): Promise<AttemptResult | undefined> {
    const since = this.since();
    if (job.fresh || !since) return undefined;
    const key = keyOf(job, sha256, this.transcriber.describe(job.options));
    const earlier = await this.jobs.findKept(key, readerOf(job), since);
    if (!earlier || (await this.wantsSilence(earlier, job))) return undefined;
    // A correction is about one note, not about all with the same sound.
    return this.result(earlier, 'heard');
  }

  /** The result as it is stored, to be found again. */
  keep(job: TranscriptionJob, sha256: string | undefined, result: AttemptResult): AttemptResult {
    const { madeBy } = result.transcript;
    if (sha256 === undefined || madeBy === undefined || !this.since()) return result;
    const place = job.confidential ? undefined : job.replyTo?.workspace;
    return { ...result, keptAs: { key: keyOf(job, sha256, madeBy), place } };
  }

  /** How old a result may be that is served again; undefined: none is. Nothing is kept for longer than retention says. */
  private since(): Date | undefined {
    const { reuseDays, retentionDays } = this.policy;
    const days = retentionDays > 0 ? Math.min(reuseDays, retentionDays) : reuseDays;
    return days > 0 ? new Date(this.clock.now().getTime() - days * DAY_MS) : undefined;
  }

  private async wantsSilence(
    { platform, author }: TranscriptionJob,
    job: TranscriptionJob,
  ): Promise<boolean> {
    if (author.id === job.author.id) return false;
    return (await this.preferences.get({ platform, kind: 'user', id: author.id })).optedOut ?? false;
  }

  private async result(
    earlier: TranscriptionJob | undefined,
    as: 'now' | 'heard' = 'now',
  ): Promise<AttemptResult | undefined> {
    const transcript = earlier && (await this.jobs.transcript(earlier.id, as));
    if (!earlier?.outcome || !transcript) return undefined;
    return { outcome: earlier.outcome, transcript, media: earlier.media, timings: {}, reused: true };
  }
}

function readerOf({ platform, requester, replyTo }: TranscriptionJob): Reader {
  return { platform, requesterId: requester.id, workspace: replyTo?.workspace };
}

function keyOf({ platform, options }: TranscriptionJob, sha256: string, madeBy: string): string {
  const parts = [platform, sha256, madeBy, ...inOrder(options)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

function inOrder(options: TranscriptionOptions): [string, unknown][] {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
