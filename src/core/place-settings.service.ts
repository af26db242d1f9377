import { Injectable } from '@nestjs/common';
import { AuditService } from './audit.service';
import { PreferenceScope, PreferenceStore, Preferences } from './preference-store';
import { Person } from './voice-note';

/** What those who manage a channel or server decide for everybody in it. */
@Injectable()
export class PlaceSettingsService {
  constructor(
    private readonly preferences: PreferenceStore,
    private readonly audit: AuditService,
  ) {}

  /** @param by who may do so: the platform has looked */
  async change(place: PreferenceScope, change: Preferences, by: Person): Promise<Preferences> {
    const chosen = await this.preferences.set(place, change);
    await this.audit.record({
      actor: `${place.platform}:${by.id}`,
      action: 'place.change',
      target: `${place.platform}:${place.kind}:${place.id}`,
      detail: Object.keys(change).sort().join(' '),
      outcome: 'done',
    });
    return chosen;
  }
}
