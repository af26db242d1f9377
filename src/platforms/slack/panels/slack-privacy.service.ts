import { Injectable } from '@nestjs/common';
import { Phrasebook } from '../../../core/phrasebook';
import { PrivacyDeskService, PrivacyWish } from '../../../core/privacy-desk.service';
import { DirectFilesService } from '../answers/direct-files.service';
import { SLACK_LIMITS } from '../slack-limits';
import { SlackPeopleService, personOf } from '../slack-people.service';

/** Does what people want done with their own voice. */
@Injectable()
export class SlackPrivacyService {
  constructor(
    private readonly desk: PrivacyDeskService,
    private readonly files: DirectFilesService,
    private readonly people: SlackPeopleService,
    private readonly phrasebook: Phrasebook,
  ) {}

  /** What there is to say about what was done; undefined when nothing was. @throws HarkError */
  async act(team: string, user: string, wish: PrivacyWish): Promise<string | undefined> {
    const { locale, ...person } = await this.people.find(team, user);
    if (wish.action !== 'export') return this.desk.act('slack', personOf(person), wish, locale);
    const files = await this.desk.export('slack', personOf(person), SLACK_LIMITS.fileBytes);
    await this.files.send(team, user, files);
    return this.phrasebook.say(locale, 'answer.sentPrivately');
  }
}
