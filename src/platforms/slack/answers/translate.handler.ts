import { Injectable } from '@nestjs/common';
import { AnswerActionsService } from '../../../core/answer-actions.service';
import { Clock } from '../../../core/clock';
import { Gesture } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { SlackResponse } from '../interactions/slack.response';
import { addressOfGesture } from '../slack-address.mapper';
import { parseActionId } from '../slack-action-id';
import { AnswerGesturesService } from './answer-gestures.service';

/** *Translate* under an answer: an answer of its own, for the user alone. */
@Injectable()
export class TranslateHandler extends GestureHandler {
  constructor(
    private readonly gestures: AnswerGesturesService,
    private readonly actions: AnswerActionsService,
    private readonly clock: Clock,
  ) {
    super();
  }

  takes({ action }: Gesture): boolean {
    return parseActionId(action?.id ?? '') === 'translate';
  }

  async handle(gesture: Gesture, response: SlackResponse): Promise<void> {
    const heardAt = this.clock.now();
    const found = await this.gestures.find(gesture, response);
    if (!found) return;
    const { answer, asker, locale } = found;
    // Buttons in direct messages may belong to a note that is elsewhere.
    const { channel, message } = answer.address;
    const here = channel === gesture.channel ? message : undefined;
    const address = addressOfGesture(gesture, { ephemeral: true, heardAt, locale, message: here });
    await this.actions.translate(answer, asker, address);
  }
}
