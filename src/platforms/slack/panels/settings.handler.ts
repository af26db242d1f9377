import { Injectable } from '@nestjs/common';
import { Phrasebook } from '../../../core/phrasebook';
import { isHarkCommand } from '../commands/hark-command';
import { Gesture, isConversation } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { SlackResponse } from '../interactions/slack.response';
import { SlackPeopleService } from '../slack-people.service';
import { SettingsPanelsService } from './settings-panels.service';
import { settingsWish } from './settings-wish';

/** `/hark settings` and its panel: what happens in a channel or workspace, for those who manage it. */
@Injectable()
export class SettingsHandler extends GestureHandler {
  constructor(
    private readonly panels: SettingsPanelsService,
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
    const shown = await this.panels.visit({ team, user }, wish ?? { scope: 'channel', channel });
    if (typeof shown === 'string') return response.tell(shown);
    await (wish ? response.replace(shown) : response.show(shown));
  }
}
