import { Injectable, Logger } from '@nestjs/common';
import { expectedLanguage, heardOf, remembered } from './heard-language';
import { TranscriptionJob } from './job';
import { AttemptResult } from './job-store';
import { HeardLanguage, PreferenceScope, PreferenceStore } from './preference-store';
import { ListeningOptions } from './transcriber';
import { WithdrawnConsentService } from './withdrawn-consent.service';

/** What is known of who speaks in a note before it is read. */
export interface Speaker {
  heard?: HeardLanguage;
}

/**
 * Whoever speaks in a note: may it be read, and in which language are their notes usually? To detect that costs as much
 * as to listen. What is remembered is a language and a small number; of who has opted out, nothing.
 */
@Injectable()
export class SpeakerService {
  private readonly logger = new Logger(SpeakerService.name);

  constructor(
    private readonly withdrawn: WithdrawnConsentService,
    private readonly preferences: PreferenceStore,
  ) {}

  /** @throws as `WithdrawnConsentService.check` */
  async of(job: TranscriptionJob): Promise<Speaker> {
    const preferences = await this.preferences.get(scopeOf(job));
    await this.withdrawn.check(job, preferences);
    return { heard: heardOf(preferences) };
  }

  /** What the engine is told of a note. What somebody has chosen counts; what is expected only spares it work. */
  options({ options }: TranscriptionJob, { heard }: Speaker): ListeningOptions {
    const expected = options.language === 'auto' ? expectedLanguage(heard) : undefined;
    return { ...options, ...(expected !== undefined && { expected }) };
  }

  /** Never throws: a note that was read is worth more than what can be learnt from it. */
  async learn(job: TranscriptionJob, { heard }: Speaker, result: AttemptResult): Promise<void> {
    // Nobody is to see from what is stored of them that somebody else has asked in private.
    if (job.confidential && job.requester.id !== job.author.id) return;
    const now = remembered(heard, result);
    if (!now) return;
    try {
      await this.preferences.rememberHeard(scopeOf(job), now, job.id);
    } catch (err) {
      this.logger.warn({ err, jobId: job.id, msg: 'The language of a speaker was not remembered' });
    }
  }
}

function scopeOf({ platform, author }: TranscriptionJob): PreferenceScope {
  return { platform, kind: 'user', id: author.id };
}
