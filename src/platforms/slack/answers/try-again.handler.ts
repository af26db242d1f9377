import { Injectable } from '@nestjs/common';
import { AnswerComponent } from '../../../core/answer-components';
import { AnswerActionsService } from '../../../core/answer-actions.service';
import { ModelStore } from '../../../core/model-store';
import { Phrasebook } from '../../../core/phrasebook';
import { tryAgainChange } from '../../../core/try-again-choices';
import { Gesture } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { SlackResponse } from '../interactions/slack.response';
import { plainBlocks } from '../panels/blocks';
import { parseActionId } from '../slack-action-id';
import { AnswerGesturesService } from './answer-gestures.service';
import { tryAgainPanel } from './try-again.panel';

const ACTIONS: readonly (AnswerComponent | undefined)[] = ['try-again', 'retry-language', 'retry-model'];

/** *Try again* under an answer, and the menus that it opens. */
@Injectable()
export class TryAgainHandler extends GestureHandler {
  constructor(
    private readonly gestures: AnswerGesturesService,
    private readonly actions: AnswerActionsService,
    private readonly models: ModelStore,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes({ action }: Gesture): boolean {
    return action !== undefined && ACTIONS.includes(parseActionId(action.id));
  }

  async handle(gesture: Gesture, response: SlackResponse): Promise<void> {
    const found = await this.gestures.find(gesture, response);
    if (!found) return;
    const { answer, asker, locale } = found;
    const menu = parseActionId(gesture.action?.id ?? '');
    if (menu !== 'retry-language' && menu !== 'retry-model') {
      const models = await this.models.list();
      return response.show(tryAgainPanel(answer, models, this.phrasebook, locale ?? 'en'));
    }
    const change = tryAgainChange(menu, gesture.action?.value);
    await this.actions.tryAgain(answer, asker, change, gesture.triggerId);
    const text = this.phrasebook.say(locale, 'retry.started');
    await response.replace({ text, blocks: plainBlocks(text) });
  }
}
