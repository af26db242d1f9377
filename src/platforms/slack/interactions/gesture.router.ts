import { Injectable, Logger } from '@nestjs/common';
import { HarkError } from '../../../core/errors';
import { Phrasebook } from '../../../core/phrasebook';
import { SlackFirstAttempts } from '../posting/first-attempts';
import { SlackPeopleService } from '../slack-people.service';
import { slackSentence } from '../slack-times';
import { Gesture } from './gesture';
import { GestureHandlers } from './gesture.handler';
import { SlackResponse } from './slack.response';

/** Brings acknowledged gestures to whoever handles them; sees to it that nobody is left waiting. */
@Injectable()
export class GestureRouter {
  private readonly logger = new Logger(GestureRouter.name);

  constructor(
    private readonly handlers: GestureHandlers,
    private readonly people: SlackPeopleService,
    private readonly phrasebook: Phrasebook,
    private readonly attempts: SlackFirstAttempts,
  ) {}

  /** Never throws. */
  async take(gesture: Gesture, response: SlackResponse): Promise<void> {
    this.attempts.heard(gesture.triggerId);
    try {
      const handler = this.handlers.for(gesture);
      if (handler) await handler.handle(gesture, response);
      else await this.tell(gesture, response, (locale) => this.phrasebook.say(locale, 'help.unknownCommand'));
    } catch (thrown) {
      const error = HarkError.from(thrown);
      if (error.code === 'internal') this.logger.error({ err: thrown, msg: 'A gesture in Slack failed' });
      await this.tell(gesture, response, (locale) => slackSentence(this.phrasebook, locale, error));
    }
  }

  private async tell(
    { team, user }: Gesture,
    response: SlackResponse,
    sentence: (locale: string | undefined) => string,
  ): Promise<void> {
    const { locale } = await this.people.find(team, user);
    try {
      await response.tell(sentence(locale));
    } catch (error) {
      this.logger.debug({ err: error, msg: 'A response was not taken by Slack' });
    }
  }
}
