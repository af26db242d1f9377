import { Injectable } from '@nestjs/common';
import { AnswerComponent } from '../../../core/answer-components';
import { Answer } from '../../../core/answer';
import { AnswerActionsService } from '../../../core/answer-actions.service';
import { Phrasebook } from '../../../core/phrasebook';
import { Gesture } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { SlackResponse } from '../interactions/slack.response';
import { Shown } from '../panels/blocks';
import { SlackAnswerRenderer } from '../posting/answer.renderer';
import { parseActionId } from '../slack-action-id';
import { AnswerGesturesService } from './answer-gestures.service';
import { DirectFilesService } from './direct-files.service';

const COPIES: readonly (AnswerComponent | undefined)[] = ['private-copy', 'srt', 'txt'];

/** The buttons that give an answer once more, for the user alone: as it is, or as a file. */
@Injectable()
export class AnswerCopiesHandler extends GestureHandler {
  constructor(
    private readonly gestures: AnswerGesturesService,
    private readonly actions: AnswerActionsService,
    private readonly renderer: SlackAnswerRenderer,
    private readonly files: DirectFilesService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes({ action }: Gesture): boolean {
    return action !== undefined && COPIES.includes(parseActionId(action.id));
  }

  async handle(gesture: Gesture, response: SlackResponse): Promise<void> {
    const found = await this.gestures.find(gesture, response);
    if (!found) return;
    const { answer, locale } = found;
    const action = parseActionId(gesture.action?.id ?? '');
    if (action === 'private-copy') return this.copy(answer, gesture, response, locale);
    const files = this.actions.files(answer, action === 'srt' ? 'srt' : 'txt');
    if (files.length === 0) return response.tell(this.phrasebook.say(locale, 'answer.noText'));
    await this.send(files, gesture, response, locale);
  }

  private async copy(
    answer: Answer,
    gesture: Gesture,
    response: SlackResponse,
    locale: string | undefined,
  ): Promise<void> {
    const { messages, files } = this.renderer.render(
      { ...answer, address: { ...answer.address, locale } },
      1,
    );
    const [message] = messages;
    if (message) await response.show(withoutButtons(message));
    if (files.length > 0) await this.send(files, gesture, response, locale);
  }

  private async send(
    files: readonly { name: string; text: string }[],
    { team, user }: Gesture,
    response: SlackResponse,
    locale: string | undefined,
  ): Promise<void> {
    await this.files.send(team, user, files);
    await response.tell(this.phrasebook.say(locale, 'answer.sentPrivately'));
  }
}

function withoutButtons({ text, blocks }: Shown): Shown {
  return { text, blocks: blocks.filter(({ type }) => type !== 'actions') };
}
