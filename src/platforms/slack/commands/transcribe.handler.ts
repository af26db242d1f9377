import { Injectable } from '@nestjs/common';
import { parseLanguage } from '../../../core/languages';
import { Phrasebook } from '../../../core/phrasebook';
import { Gesture } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { SlackResponse } from '../interactions/slack.response';
import { SlackPeopleService } from '../slack-people.service';
import { SLACK_COMMANDS } from '../slack-subscriptions';
import { linksIn } from '../slack.mapper';
import { CommandedNotesService } from './commanded-notes.service';

/** `/transcribe <link> [language]`. */
@Injectable()
export class TranscribeHandler extends GestureHandler {
  constructor(
    private readonly notes: CommandedNotesService,
    private readonly people: SlackPeopleService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes({ command }: Gesture): boolean {
    return command === SLACK_COMMANDS.transcribe;
  }

  async handle(gesture: Gesture, response: SlackResponse): Promise<void> {
    const [address = '', ...language] = gesture.text.split(/\s+/);
    const [url] = linksIn(address);
    if (url === undefined) {
      const { locale } = await this.people.find(gesture.team, gesture.user);
      return response.tell(this.phrasebook.say(locale, 'commands.transcribe.usage'));
    }
    await this.notes.take(gesture, {
      sources: [{ kind: 'link', url }],
      speaker: gesture.user,
      options: language.length > 0 ? { language: parseLanguage(language.join(' ')) } : {},
    });
  }
}
