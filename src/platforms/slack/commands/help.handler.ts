import { Injectable } from '@nestjs/common';
import { Phrasebook } from '../../../core/phrasebook';
import { Gesture } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { SlackResponse } from '../interactions/slack.response';
import { headerBlock, plainBlocks } from '../panels/blocks';
import { SlackPeopleService } from '../slack-people.service';
import { isHarkCommand } from './hark-command';

const LINES = [
  'help.askSlack',
  'commands.transcribe.usage',
  'help.mention',
  'help.find',
  'help.privacy',
  'help.settings',
  'help.glossary',
  'help.fix',
  'help.status',
];

/** `/hark help`. */
@Injectable()
export class HelpHandler extends GestureHandler {
  constructor(
    private readonly people: SlackPeopleService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(gesture: Gesture): boolean {
    return isHarkCommand(gesture, 'help');
  }

  async handle({ team, user }: Gesture, response: SlackResponse): Promise<void> {
    const { locale } = await this.people.find(team, user);
    const say = (key: string): string => this.phrasebook.say(locale, key);
    const lines = LINES.map((key) => `• ${say(key)}`).join('\n');
    await response.show({
      text: say('help.title'),
      blocks: [headerBlock(say('help.title')), ...plainBlocks(lines)],
    });
  }
}
