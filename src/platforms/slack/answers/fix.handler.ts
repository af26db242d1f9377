import { Injectable } from '@nestjs/common';
import { AnswerLookupService } from '../../../core/answer-lookup.service';
import { FixDeskService } from '../../../core/fix-desk.service';
import { fixSentence } from '../../../core/fix-words';
import { Phrasebook } from '../../../core/phrasebook';
import { Gesture, SentForm } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { ResponsesService } from '../interactions/responses.service';
import { SlackResponse } from '../interactions/slack.response';
import { Block, Shown, plainBlocks } from '../panels/blocks';
import { actionId, parseActionId } from '../slack-action-id';
import { SlackPeopleService, personOf } from '../slack-people.service';
import { FIX_FORM, SLACK_FORM, aboutOf, fieldId, fixModal } from './fix.form';

const ACTIONS = ['fix', 'fix-agree', 'fix-decline'] as const;

/** *Fix* under an answer, the form that it opens, and whether corrections may suggest terms. */
@Injectable()
export class FixHandler extends GestureHandler {
  constructor(
    private readonly answers: AnswerLookupService,
    private readonly desk: FixDeskService,
    private readonly people: SlackPeopleService,
    private readonly responses: ResponsesService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes({ action, form }: Gesture): boolean {
    if (action) return ACTIONS.some((each) => each === parseActionId(action.id));
    return form?.name === `hark-form:${FIX_FORM}`;
  }

  async handle(gesture: Gesture, response: SlackResponse): Promise<void> {
    const { team, user, action, form } = gesture;
    const { locale, ...who } = await this.people.find(team, user);
    const person = personOf(who);
    const answer = await this.answers.find(action?.value ?? (form && aboutOf(form.about).answerId), user);
    if (!answer) return response.tell(this.phrasebook.say(locale, 'answer.gone'));
    const wish = parseActionId(action?.id ?? '');
    if (wish === 'fix') {
      const opened = this.desk.open(answer, person, SLACK_FORM);
      return this.responses.open(gesture, fixModal(answer, opened, this.phrasebook, locale));
    }
    if (action) {
      const agrees = wish === 'fix-agree';
      await this.desk.consent(answer, person, agrees);
      return response.tell(this.phrasebook.say(locale, agrees ? 'fix.agreed' : 'fix.declined'));
    }
    const filled = { stamp: aboutOf(form?.about ?? '').stamp, texts: textsOf(form) };
    const outcome = await this.desk.submit(answer, person, filled, SLACK_FORM);
    const text = fixSentence(outcome, this.phrasebook, locale);
    await response.show(this.said(text, outcome.suggestions === 'ask' ? answer.id : undefined, locale));
  }

  private said(text: string, asked: string | undefined, locale: string | undefined): Shown {
    const say = (key: string): string => this.phrasebook.say(locale, key);
    const button = (action: 'fix-agree' | 'fix-decline', key: string, value: string) => ({
      type: 'button' as const,
      action_id: actionId(action),
      value,
      text: { type: 'plain_text' as const, text: say(key), emoji: false },
    });
    const buttons: Block[] =
      asked === undefined
        ? []
        : [
            {
              type: 'actions',
              elements: [
                button('fix-agree', 'fix.agree', asked),
                button('fix-decline', 'fix.decline', asked),
              ],
            },
          ];
    return { text, blocks: [...plainBlocks(text), ...buttons] };
  }
}

/** In the order of the fields; Slack says nothing of those that are empty. */
function textsOf(form: SentForm | undefined): string[] {
  const { values = {} } = form ?? {};
  return Object.keys(values).map((_, index) => values[fieldId(index)]?.[0] ?? '');
}
