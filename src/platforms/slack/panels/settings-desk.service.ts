import { Injectable } from '@nestjs/common';
import { HarkError } from '../../../core/errors';
import { Phrasebook } from '../../../core/phrasebook';
import { PlaceSettingsService } from '../../../core/place-settings.service';
import { PreferenceScope, PreferenceStore } from '../../../core/preference-store';
import { SettingName, SettingsScope, settingsOf } from '../../../core/settings-choices';
import { SlackPeopleService } from '../slack-people.service';
import { SlackWebApi } from '../slack-web-api.service';
import { MOST_CHOICES, Shown } from './blocks';
import { INHERIT, settingsPanel } from './settings.panel';

const TIMEOUT_MS = 10_000;

/** A channel, and who wants to see or change what happens in it. */
export interface SettingsVisit {
  team: string;
  channel: string;
  user: string;
  scope: SettingsScope;
}

/** Where those who manage a channel or workspace see and change what happens there. */
@Injectable()
export class SettingsDeskService {
  constructor(
    private readonly people: SlackPeopleService,
    private readonly api: SlackWebApi,
    private readonly preferences: PreferenceStore,
    private readonly places: PlaceSettingsService,
    private readonly phrasebook: Phrasebook,
  ) {}

  /**
   * The settings, after a change if there is one. A sentence for who may not see them; that is looked at every time,
   * for people cease to be admins.
   */
  async visit(
    { team, channel, user, scope }: SettingsVisit,
    change?: { name: string; value: string },
  ): Promise<Shown | string> {
    const { admin, locale = 'en' } = await this.people.find(team, user);
    const { creator, member } = await this.channel(team, channel);
    if (!admin && (scope === 'server' || creator !== user)) {
      return this.phrasebook.say(locale, 'settings.needChannelManager');
    }
    const place: PreferenceScope = {
      platform: 'slack',
      kind: scope,
      id: scope === 'channel' ? channel : team,
    };
    if (change) {
      const words = { phrasebook: this.phrasebook, locale, mostChoices: MOST_CHOICES, inherit: INHERIT };
      const setting = settingsOf(scope, {}, words).get(change.name as SettingName);
      if (setting?.choices.some(({ value }) => value === change.value))
        await this.places.change(place, setting.change(change.value), { id: user });
    }
    const chosen = await this.preferences.get(place);
    return settingsPanel(
      { scope, channelId: channel, chosen, admin, absent: !member },
      this.phrasebook,
      locale,
    );
  }

  /** Of a channel that hark does not see nothing is known. @throws HarkError when Slack is away or a scope is missing */
  private async channel(team: string, id: string): Promise<{ creator?: string; member: boolean }> {
    try {
      const { channel } = await this.api.call(
        team,
        (client) => client.conversations.info({ channel: id }),
        AbortSignal.timeout(TIMEOUT_MS),
      );
      return { creator: channel?.creator, member: channel?.is_member ?? false };
    } catch (error) {
      if (error instanceof HarkError && error.code === 'channel_gone') return { member: false };
      throw error;
    }
  }
}
