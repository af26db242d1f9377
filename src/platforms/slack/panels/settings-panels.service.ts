import { Injectable } from '@nestjs/common';
import { Shown } from './blocks';
import { LimitsVisitService } from './limits-visit.service';
import { SettingsDeskService } from './settings-desk.service';
import { SettingsWish } from './settings-wish';

/** All that can be set for a channel and its workspace. */
@Injectable()
export class SettingsPanelsService {
  constructor(
    private readonly desk: SettingsDeskService,
    private readonly limits: LimitsVisitService,
  ) {}

  /** What is shown once the wish is fulfilled; a sentence for who may not see it. @throws HarkError */
  visit(who: { team: string; user: string }, wish: SettingsWish): Promise<Shown | string> {
    const { limits, change, ...place } = wish;
    return limits
      ? this.limits.visit({ ...who, channel: place.channel, limits }, change)
      : this.desk.visit({ ...who, ...place }, change);
  }
}
