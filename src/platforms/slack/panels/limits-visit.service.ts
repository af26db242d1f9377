import { Injectable } from '@nestjs/common';
import { LimitsTarget } from '../../../core/limits-choices';
import { LimitsDeskService } from '../../../core/limits-desk.service';
import { Phrasebook } from '../../../core/phrasebook';
import { SlackGroupsService } from '../slack-groups.service';
import { SlackPeopleService } from '../slack-people.service';
import { Shown } from './blocks';
import { limitsPanel } from './limits.panel';

export interface LimitsVisit {
  team: string;
  channel: string;
  user: string;
  limits: LimitsTarget;
}

/** Where admins of a workspace see and change how much may be asked for in it. */
@Injectable()
export class LimitsVisitService {
  constructor(
    private readonly desk: LimitsDeskService,
    private readonly people: SlackPeopleService,
    private readonly groups: SlackGroupsService,
    private readonly phrasebook: Phrasebook,
  ) {}

  /** The limits, after a change if there is one; a sentence for who may not see them. @throws HarkError */
  async visit(
    { team, channel, user, limits }: LimitsVisit,
    change?: { name: string; value: string },
  ): Promise<Shown | string> {
    const { admin, locale = 'en' } = await this.people.find(team, user);
    if (!admin) return this.phrasebook.say(locale, 'settings.needChannelManager');
    if (!this.desk.isOpen) return this.phrasebook.say(locale, 'limits.closed');
    const place = {
      channel: { platform: 'slack', kind: 'channel' as const, id: channel },
      server: { platform: 'slack', kind: 'server' as const, id: team },
    };
    if (change) await this.desk.change(place, limits, change, { id: user });
    const view = await this.desk.view(place, limits, locale);
    const groups = await this.groups.latest(team);
    return limitsPanel(view, { channelId: channel, groups }, this.phrasebook, locale);
  }
}
