import { Injectable } from '@nestjs/common';
import { types } from '@slack/bolt';
import { TranscriptionJob } from '../../../core/job';
import { JobArchive } from '../../../core/job-archive';
import { Phrasebook } from '../../../core/phrasebook';
import { PrivacyDeskService } from '../../../core/privacy-desk.service';
import { MOST_CHOICES, Shown } from '../panels/blocks';
import { privacyPanel } from '../panels/privacy.panel';
import { SettingsPanelsService } from '../panels/settings-panels.service';
import { SlackPeopleService, personOf } from '../slack-people.service';
import { HomeState } from './home-state';
import { homeView } from './home.view';

const MOST_TRANSCRIPTS = 10;

export interface HomeVisit {
  team: string;
  user: string;
  state: HomeState;
  /** What has just happened to one's privacy, or the question about it. */
  news?: string | Shown;
  /** What the settings show; looked up when there is a channel in the state. */
  settings?: Shown | string;
}

/** Draws somebody's App Home. */
@Injectable()
export class HomeService {
  constructor(
    private readonly archive: JobArchive,
    private readonly privacy: PrivacyDeskService,
    private readonly settings: SettingsPanelsService,
    private readonly people: SlackPeopleService,
    private readonly phrasebook: Phrasebook,
  ) {}

  /** @throws HarkError */
  async draw({ team, user, state, news, settings }: HomeVisit): Promise<types.HomeView> {
    const { locale = 'en', ...person } = await this.people.find(team, user);
    const words = { locale, mostChoices: MOST_CHOICES };
    const { channel, scope = 'channel' } = state;
    return homeView(
      {
        state,
        jobs: await this.own(user, state.search),
        privacy:
          typeof news === 'object'
            ? news
            : privacyPanel(await this.privacy.view('slack', personOf(person), words), news),
        settings: settings ?? (channel && (await this.settings.visit({ team, user }, { channel, scope }))),
      },
      this.phrasebook,
      locale,
    );
  }

  /** What the user spoke or asked for; what others asked for privately is not theirs to see. */
  private async own(user: string, text: string | undefined): Promise<TranscriptionJob[]> {
    const { jobs } = await this.archive.list({
      platform: 'slack',
      user,
      limit: MOST_TRANSCRIPTS,
      ...(text && { text, includePrivate: true }),
    });
    return jobs.filter((job) => job.requester.id === user || !job.confidential);
  }
}
