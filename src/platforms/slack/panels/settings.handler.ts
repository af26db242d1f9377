import { Injectable } from '@nestjs/common';
import { Phrasebook } from '../../../core/phrasebook';
import { SCOPES, SettingsScope } from '../../../core/settings-choices';
import { isHarkCommand } from '../commands/hark-command';
import { Gesture } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { SlackResponse } from '../interactions/slack.response';
import { SlackPeopleService } from '../slack-people.service';
import { partsOf } from './panel-id';
import { SettingsDeskService } from './settings-desk.service';

/** `/hark settings` and its panel: what happens in a channel or workspace, for those who manage it. */
@Injectable()
export class SettingsHandler extends GestureHandler {
  constructor(
    private readonly desk: SettingsDeskService,
    private readonly people: SlackPeopleService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(gesture: Gesture): boolean {
    return isHarkCommand(gesture, 'settings') || settingsWish(gesture) !== undefined;
  }

  async handle(gesture: Gesture, response: SlackResponse): Promise<void> {
    const { team, user } = gesture;
    const wish = settingsWish(gesture);
    const channel = wish?.channel ?? gesture.channel ?? '';
    if (!wish && isConversation(gesture)) {
      const { locale } = await this.people.find(team, user);
      return response.tell(this.phrasebook.say(locale, 'settings.channelsOnly'));
    }
    const shown = await this.desk.visit(
      { team, channel, user, scope: wish?.scope ?? 'channel' },
      wish?.change,
    );
    if (typeof shown === 'string') return response.tell(shown);
    await (wish ? response.replace(shown) : response.show(shown));
  }
}

export interface SettingsWish {
  scope: SettingsScope;
  channel: string;
  change?: { name: string; value: string };
}

/** What somebody wants who used a control of the panel; undefined for all other controls. */
export function settingsWish({ action }: Gesture): SettingsWish | undefined {
  const [scopeName, name] = partsOf('settings', action?.id ?? '') ?? [];
  const scope = SCOPES.find((each) => each === scopeName);
  const channel = partsOf('settings', action?.block ?? '')?.at(-1);
  if (scope === undefined || channel === undefined) return undefined;
  const value = action?.value;
  return { scope, channel, ...(name !== undefined && value !== undefined && { change: { name, value } }) };
}

/** Between people, where everything is on request. */
function isConversation({ channel = '', channelName = '' }: Gesture): boolean {
  return channel.startsWith('D') || channelName === 'directmessage' || channelName.startsWith('mpdm-');
}
