import { Injectable } from '@nestjs/common';
import { Phrasebook } from '../../../core/phrasebook';
import { PrivacyDeskService, PrivacyWish } from '../../../core/privacy-desk.service';
import { PRIVACY_ACTIONS } from '../../../core/privacy-view';
import { isHarkCommand } from '../commands/hark-command';
import { Gesture } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { SlackResponse } from '../interactions/slack.response';
import { SlackPeopleService, personOf } from '../slack-people.service';
import { MOST_CHOICES } from './blocks';
import { partsOf } from './panel-id';
import { SlackPrivacyService } from './slack-privacy.service';
import { LANGUAGE_MENU, SUMMARIZER_MENU, erasureQuestion, privacyPanel } from './privacy.panel';

/** `/hark privacy` and its panel: what may be done with one's own voice. */
@Injectable()
export class PrivacyHandler extends GestureHandler {
  constructor(
    private readonly desk: PrivacyDeskService,
    private readonly privacy: SlackPrivacyService,
    private readonly people: SlackPeopleService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(gesture: Gesture): boolean {
    return isHarkCommand(gesture, 'privacy') || privacyWish(gesture) !== undefined;
  }

  async handle(gesture: Gesture, response: SlackResponse): Promise<void> {
    const wish = privacyWish(gesture);
    const { locale = 'en', ...person } = await this.people.find(gesture.team, gesture.user);
    if (wish?.action === 'erase') return response.replace(erasureQuestion(this.phrasebook, locale));
    const news = wish && (await this.privacy.act(gesture.team, gesture.user, wish));
    const view = await this.desk.view('slack', personOf(person), { locale, mostChoices: MOST_CHOICES });
    const panel = privacyPanel(view, news);
    await (wish ? response.replace(panel) : response.show(panel));
  }
}

/** What somebody wants who used a control of the panel; undefined for all other controls. */
export function privacyWish({ action }: Gesture): PrivacyWish | undefined {
  const [name] = partsOf('privacy', action?.id ?? '') ?? [];
  if (name === undefined) return undefined;
  if (name === LANGUAGE_MENU) return { language: action?.value };
  if (name === SUMMARIZER_MENU) return { summarizer: action?.value };
  return { action: PRIVACY_ACTIONS.find((each) => each === name) };
}
