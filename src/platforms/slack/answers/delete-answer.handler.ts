import { Injectable } from '@nestjs/common';
import { AnswerActionsService } from '../../../core/answer-actions.service';
import { HarkError } from '../../../core/errors';
import { Phrasebook } from '../../../core/phrasebook';
import { Gesture } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { SlackResponse } from '../interactions/slack.response';
import { parseActionId } from '../slack-action-id';
import { personOf } from '../slack-people.service';
import { AnswerGesturesService } from './answer-gestures.service';

/** *Delete* under an answer. */
@Injectable()
export class DeleteAnswerHandler extends GestureHandler {
  constructor(
    private readonly gestures: AnswerGesturesService,
    private readonly actions: AnswerActionsService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes({ action }: Gesture): boolean {
    return parseActionId(action?.id ?? '') === 'delete';
  }

  async handle(gesture: Gesture, response: SlackResponse): Promise<void> {
    const found = await this.gestures.find(gesture, response);
    if (!found) return;
    const { answer, person, locale } = found;
    try {
      await this.actions.delete(answer, { ...personOf(person), moderator: person.admin });
    } catch (error) {
      if (!(error instanceof HarkError) || error.code !== 'forbidden') throw error;
      return response.tell(this.phrasebook.say(locale, 'deleted.notAllowed'));
    }
    // What only this user sees cannot be removed by anything else than their own pressing of the button; all else is
    // being removed already.
    await response.remove().catch(() => undefined);
  }
}
