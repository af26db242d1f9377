import { Injectable } from '@nestjs/common';
import { Phrasebook } from '../../../core/phrasebook';
import { Gesture } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { partsOf } from '../panels/panel-id';
import { privacyWish } from '../panels/privacy.handler';
import { erasureQuestion } from '../panels/privacy.panel';
import { SlackPrivacyService } from '../panels/slack-privacy.service';
import { SettingsPanelsService } from '../panels/settings-panels.service';
import { settingsWish } from '../panels/settings-wish';
import { SlackPeopleService } from '../slack-people.service';
import { HomePublisher } from './home.publisher';
import { HomeState, stateOf } from './home-state';
import { HomeVisit } from './home.service';

/** The controls in the App Home: each draws it anew. */
@Injectable()
export class HomeHandler extends GestureHandler {
  constructor(
    private readonly publisher: HomePublisher,
    private readonly privacy: SlackPrivacyService,
    private readonly settings: SettingsPanelsService,
    private readonly people: SlackPeopleService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes({ home }: Gesture): boolean {
    return home !== undefined;
  }

  async handle(gesture: Gesture): Promise<void> {
    const { team, user } = gesture;
    const state = { ...stateOf(gesture), ...homeWish(gesture) };
    await this.publisher.publish({ team, user, state, ...(await this.done(gesture, state)) });
  }

  /** What came of it, as far as a panel was used. */
  private async done(gesture: Gesture, state: HomeState): Promise<Partial<HomeVisit>> {
    const { team, user } = gesture;
    const settings = settingsWish(gesture);
    if (settings) {
      state.scope = settings.scope;
      return { settings: await this.settings.visit({ team, user }, settings) };
    }
    const wish = privacyWish(gesture);
    if (!wish) return {};
    const { locale } = await this.people.find(team, user);
    if (wish.action === 'erase') return { news: erasureQuestion(this.phrasebook, locale) };
    return { news: await this.privacy.act(team, user, wish) };
  }
}

function homeWish({ action }: Gesture): HomeState {
  const [name] = partsOf('home', action?.id ?? '') ?? [];
  if (name === 'search') return { search: action?.value?.trim() };
  return name === 'channel' ? { channel: action?.value, scope: undefined } : {};
}
