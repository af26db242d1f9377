import { Injectable } from '@nestjs/common';
import { ErasureService } from './erasure.service';
import { JobArchive } from './job-archive';
import { PreferenceStore, PreferenceScope, Preferences } from './preference-store';
import { Person, PlatformName } from './voice-note';

/** What people decide about their own voice. */
@Injectable()
export class PrivacyService {
  constructor(
    private readonly preferences: PreferenceStore,
    private readonly archive: JobArchive,
    private readonly erasure: ErasureService,
  ) {}

  choices(platform: PlatformName, person: Person): Promise<Preferences> {
    return this.preferences.get(scopeOf(platform, person));
  }

  choose(
    platform: PlatformName,
    person: Person,
    change: Pick<Preferences, 'optedOut' | 'allowRequests' | 'language'>,
  ): Promise<Preferences> {
    return this.preferences.set(scopeOf(platform, person), change);
  }

  /** Erases every transcript of what the person said or asked for. The number of those. */
  async eraseMine(platform: PlatformName, person: Person): Promise<number> {
    const ids = await this.archive.ofUser(platform, person.id);
    for (const id of ids) await this.erasure.erase(id);
    return ids.length;
  }
}

function scopeOf(platform: PlatformName, { id }: Person): PreferenceScope {
  return { platform, kind: 'user', id };
}
