import { Injectable } from '@nestjs/common';
import { isAutomatic } from './consent';
import { PreferenceScope, PreferenceStore, Preferences } from './preference-store';
import { ReplyAddress } from './voice-note';

/** Knows where notes are read without being asked for. */
@Injectable()
export class AutomaticPlacesService {
  constructor(private readonly preferences: PreferenceStore) {}

  async include({ platform, channel, workspace }: ReplyAddress): Promise<boolean> {
    const of = (kind: PreferenceScope['kind'], id: string | undefined): Promise<Preferences> =>
      id === undefined ? Promise.resolve({}) : this.preferences.get({ platform, kind, id });
    return isAutomatic({ channel: await of('channel', channel), server: await of('server', workspace) });
  }
}
