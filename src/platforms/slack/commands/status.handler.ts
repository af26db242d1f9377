import { Injectable } from '@nestjs/common';
import { Phrasebook } from '../../../core/phrasebook';
import { StatusService } from '../../../core/status.service';
import { statusText } from '../../../core/status-text';
import { DirectFilesService } from '../answers/direct-files.service';
import { Gesture } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { SlackResponse } from '../interactions/slack.response';
import { SlackPeopleService, personOf } from '../slack-people.service';
import { isHarkCommand } from './hark-command';
import { statusView } from './status.view';

/** `/hark status`: how hark is doing, and what became of one's own recordings. */
@Injectable()
export class StatusHandler extends GestureHandler {
  constructor(
    private readonly status: StatusService,
    private readonly people: SlackPeopleService,
    private readonly files: DirectFilesService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(gesture: Gesture): boolean {
    return isHarkCommand(gesture, 'status');
  }

  async handle({ team, user }: Gesture, response: SlackResponse): Promise<void> {
    const { locale, ...person } = await this.people.find(team, user);
    const status = await this.status.of('slack', personOf(person));
    const text = statusText(status, user, this.phrasebook, locale);
    const { files, ...shown } = statusView(text, this.phrasebook, locale);
    await response.show(shown);
    await this.files.send(team, user, files);
  }
}
