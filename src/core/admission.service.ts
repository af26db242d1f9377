import { Injectable } from '@nestjs/common';
import { checkConsent } from './consent';
import { HarkError } from './errors';
import { Clock } from './clock';
import { JobStore } from './job-store';
import { Policy } from './policy';
import { PreferenceStore, Preferences, PreferenceScope } from './preference-store';
import { QUOTA_WINDOW_MS, checkQuota } from './quota';
import { VoiceNote } from './voice-note';

/** Decides whether a note may come in: consent, size and length as announced, and the asker's quota. */
@Injectable()
export class AdmissionService {
  constructor(
    private readonly jobs: JobStore,
    private readonly preferences: PreferenceStore,
    private readonly policy: Policy,
    private readonly clock: Clock,
  ) {}

  /** @throws HarkError with the sentence for the asker */
  async check(note: VoiceNote): Promise<void> {
    if (note.replyTo) await this.checkConsent(note);
    this.checkSize(note);
    if (note.replyTo) await this.checkQuota(note);
  }

  private async checkConsent(note: VoiceNote): Promise<void> {
    const of = (kind: PreferenceScope['kind'], id: string | undefined): Promise<Preferences> =>
      id === undefined ? Promise.resolve({}) : this.preferences.get({ platform: note.platform, kind, id });
    const [author, channel, server] = await Promise.all([
      of('user', note.author.id),
      of('channel', note.replyTo?.channel),
      of('server', note.replyTo?.workspace),
    ]);
    checkConsent(note, { author, channel, server });
  }

  private checkSize({ source }: VoiceNote): void {
    const { maxBytes, maxSeconds } = this.policy.media;
    if ('bytes' in source && source.bytes !== undefined && source.bytes > maxBytes) {
      const [limit, size] = [mebibytes(maxBytes), mebibytes(source.bytes)];
      throw new HarkError('media_too_large', `The file has ${size} MiB; at most ${limit} MiB can be read.`, {
        params: { limit, size },
      });
    }
    if (announcedSeconds(source) > maxSeconds) {
      const limit = Math.floor(maxSeconds / 60);
      throw new HarkError(
        'media_too_long',
        `The recording is longer than the ${limit} minutes that can be read.`,
        {
          params: { limit },
        },
      );
    }
  }

  private async checkQuota(note: VoiceNote): Promise<void> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - QUOTA_WINDOW_MS);
    const usage = await this.jobs.usage(note.platform, note.requester.id, since);
    checkQuota(this.policy.quota, usage, announcedSeconds(note.source), now);
  }
}

function announcedSeconds(source: VoiceNote['source']): number {
  return source.kind === 'attachment' ? (source.seconds ?? 0) : 0;
}

function mebibytes(bytes: number): number {
  return Math.ceil((bytes / 1024 / 1024) * 10) / 10;
}
