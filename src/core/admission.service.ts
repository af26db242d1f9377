import { Injectable } from '@nestjs/common';
import { checkConsent } from './consent';
import { HarkError } from './errors';
import { Clock } from './clock';
import { Admission } from './job-store';
import { Policy } from './policy';
import { PreferenceStore, Preferences, PreferenceScope } from './preference-store';
import { QUOTA_WINDOW_MS, checkQuota } from './quota';
import { QuotaRule, activeLimit, quotaRules } from './quota-rules';
import { VoiceNote } from './voice-note';

/** On which terms a note comes in. */
export interface Terms {
  /** Missing where nobody's use is limited. */
  admission?: Admission;
  /** As `NewJob` has it. */
  activeLimit?: number;
  /** As `NewJob` has it. */
  audioRules?: readonly QuotaRule[];
}

/** Decides whether a note may come in: consent, size and length as announced, and the quotas of asker and place. */
@Injectable()
export class AdmissionService {
  constructor(
    private readonly preferences: PreferenceStore,
    private readonly policy: Policy,
    private readonly clock: Clock,
  ) {}

  /**
   * All but the quotas, which hold only at the moment at which the note is stored.
   *
   * @throws HarkError with the sentence for the asker
   */
  async check(note: VoiceNote): Promise<Terms> {
    if (!note.replyTo) {
      this.checkSize(note);
      return {};
    }
    const of = (kind: PreferenceScope['kind'], id: string | undefined): Promise<Preferences> =>
      id === undefined ? Promise.resolve({}) : this.preferences.get({ platform: note.platform, kind, id });
    const [author, requester, channel, server] = await Promise.all([
      of('user', note.author.id),
      of('user', note.requester.id),
      of('channel', note.replyTo.channel),
      of('server', note.replyTo.workspace),
    ]);
    checkConsent(note, { author, channel, server });
    this.checkSize(note);
    const decided = { user: requester.quota, channel: channel.quota, server: server.quota };
    const usual = { user: this.policy.quota, ...this.policy.placeQuota };
    const rules = quotaRules(note, decided, usual);
    return {
      admission: this.admissionOf(note, rules),
      activeLimit: activeLimit(note, decided, usual),
      audioRules: rules.filter(({ name }) => name === 'audioMinutesPerDay'),
    };
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

  private admissionOf({ source }: VoiceNote, rules: readonly QuotaRule[]): Admission {
    return {
      scopes: rules.map(({ scope }) => scope),
      check: async (usage) => {
        const now = this.clock.now();
        for (const rule of rules) {
          const since = new Date(now.getTime() - QUOTA_WINDOW_MS[rule.name]);
          checkQuota(rule, await usage(rule.scope, since), announcedSeconds(source), now);
        }
      },
    };
  }
}

function announcedSeconds(source: VoiceNote['source']): number {
  return source.kind === 'attachment' ? (source.seconds ?? 0) : 0;
}

function mebibytes(bytes: number): number {
  return Math.ceil((bytes / 1024 / 1024) * 10) / 10;
}
