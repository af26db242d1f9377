import { Injectable } from '@nestjs/common';
import { AnswerComponent } from '../../../core/answer-components';
import { Phrasebook } from '../../../core/phrasebook';
import { SummaryDeskService, hostMark } from '../../../core/summary-desk.service';
import { Gesture } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { SlackResponse } from '../interactions/slack.response';
import { Shown, buttonsBlock, plainBlocks } from '../panels/blocks';
import { actionId, parseActionId } from '../slack-action-id';
import { personOf } from '../slack-people.service';
import { AnswerGesturesService } from './answer-gestures.service';
import { SlackSummaryPosts } from './summary.posts';

const BUTTONS: readonly (AnswerComponent | undefined)[] = ['summarize', 'summarize-agreed'];

/** *Summarize* under a long answer, and the consent that it asks for where words would leave this machine. */
@Injectable()
export class SummarizeHandler extends GestureHandler {
  constructor(
    private readonly gestures: AnswerGesturesService,
    private readonly desk: SummaryDeskService,
    private readonly posts: SlackSummaryPosts,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes({ action }: Gesture): boolean {
    return action !== undefined && BUTTONS.includes(parseActionId(action.id));
  }

  async handle(gesture: Gesture, response: SlackResponse): Promise<void> {
    const agreed = parseActionId(gesture.action?.id ?? '') === 'summarize-agreed';
    // The question has been answered, whatever comes of it.
    if (agreed) await response.remove();
    const [answerId, shown] = gesture.action?.value?.split(':') ?? [];
    const action = gesture.action && { ...gesture.action, value: answerId };
    const found = await this.gestures.find({ ...gesture, action }, response);
    if (!found) return;
    const { answer, locale } = found;
    const asker = personOf(found.person);
    await this.desk.check(answer, asker);
    if (agreed) await this.desk.agree('slack', asker, shown);
    const host = await this.desk.untold('slack', asker);
    if (host === undefined) await this.posts.show(answer, { asker, locale }, response);
    else await response.show(this.question(answer.id, host, locale));
  }

  private question(answerId: string, host: string, locale: string | undefined): Shown {
    const text = this.phrasebook.say(locale, 'summary.ask', { host });
    const label = this.phrasebook.say(locale, 'buttons.summarize');
    const button = {
      actionId: actionId('summarize-agreed'),
      label,
      value: `${answerId}:${hostMark(host)}`,
      style: 'primary' as const,
    };
    return { text, blocks: [...plainBlocks(text), buttonsBlock(`hark-summarize:${answerId}`, [button])] };
  }
}
