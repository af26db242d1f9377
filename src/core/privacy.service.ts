import { Injectable } from '@nestjs/common';
import { ErasureService } from './erasure.service';
import { GlossaryStore } from './glossary-store';
import { JobArchive } from './job-archive';
import { PreferenceStore, PreferenceScope, Preferences } from './preference-store';
import { Person, PlatformName } from './voice-note';
import { WithdrawnConsentService } from './withdrawn-consent.service';

/** What people decide about their own voice. */
@Injectable()
export class PrivacyService {
  constructor(
    private readonly preferences: PreferenceStore,
    private readonly archive: JobArchive,
    private readonly erasure: ErasureService,
    private readonly withdrawn: WithdrawnConsentService,
    private readonly glossary: GlossaryStore,
  ) {}

  choices(platform: PlatformName, person: Pick<Person, 'id'>): Promise<Preferences> {
    return this.preferences.get(scopeOf(platform, person));
  }

  /** Holds at once, for what is waiting or being read as well. */
  async choose(
    platform: PlatformName,
    person: Pick<Person, 'id'>,
    change: Pick<Preferences, 'optedOut' | 'allowRequests' | 'language' | 'suggestTerms' | 'summarizer'>,
  ): Promise<Preferences> {
    const forgotten = change.optedOut ? { heardLanguage: undefined, heardNotes: undefined } : {};
    const choices = await this.preferences.set(scopeOf(platform, person), { ...change, ...forgotten });
    if (choices.optedOut) await this.withdrawn.end(platform, person.id);
    if (!choices.suggestTerms) await this.glossary.forgetSuggestionsOf(platform, person.id);
    return choices;
  }

  /**
   * Erases every transcript of what the person said or asked for. The number of those. Their choices stay, or they
   * would be transcribed again; and what they used of their limits stays for a day.
   */
  async eraseMine(platform: PlatformName, { id }: Pick<Person, 'id'>): Promise<number> {
    const ids = await this.archive.ofUser(platform, id);
    for (const jobId of ids) await this.erasure.erase(jobId);
    await this.glossary.forgetSuggestionsOf(platform, id);
    await this.preferences.forgetHeard(scopeOf(platform, { id }));
    return ids.length;
  }

  /** Erases the choices, too: nothing is left that has to do with the person. */
  async eraseAll(platform: PlatformName, person: Pick<Person, 'id'>): Promise<number> {
    const count = await this.eraseMine(platform, person);
    await this.archive.forgetUsageOf(platform, person.id);
    await this.preferences.erase(scopeOf(platform, person));
    return count;
  }
}

function scopeOf(platform: PlatformName, { id }: Pick<Person, 'id'>): PreferenceScope {
  return { platform, kind: 'user', id };
}
