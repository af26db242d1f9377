import { Injectable } from '@nestjs/common';
import { AutomaticPlacesService } from '../../../core/automatic-places.service';
import { NoteIntakeService } from '../../../core/note-intake.service';
import { Phrasebook } from '../../../core/phrasebook';
import { slackSentence } from '../slack-times';
import { SlackMessage } from '../slack-payload';
import { SlackPeopleService, personOf } from '../slack-people.service';
import { addressOfMessage, filesOf, sourcesOf, speakerOf } from '../slack.mapper';
import { FileFactsService } from './file-facts.service';

/** Reads what nobody asked for, where a channel or workspace is set so. */
@Injectable()
export class AutomaticNotesService {
  constructor(
    private readonly places: AutomaticPlacesService,
    private readonly files: FileFactsService,
    private readonly people: SlackPeopleService,
    private readonly intake: NoteIntakeService,
    private readonly phrasebook: Phrasebook,
  ) {}

  /**
   * What there is to say to the author. Nobody has asked, so that is only what they would wonder about: why nothing
   * comes although it always does. Who opted out leaves no trace at all.
   */
  async read(message: SlackMessage, team: string, signal: AbortSignal): Promise<string | undefined> {
    if (filesOf(message).length === 0 || !(await this.places.include(addressOfMessage(message, team))))
      return;
    const whole = await this.files.complete(message, team, signal);
    const sources = sourcesOf(whole, { team, asked: false });
    if (sources.length === 0) return undefined;
    const { locale, ...requester } = await this.people.asker(team, message.user ?? '');
    const { refusal } = await this.intake.take(sources, {
      author: personOf(await this.people.find(team, speakerOf(whole))),
      requester,
      trigger: 'automatic',
      private: false,
      options: {},
      replyTo: addressOfMessage(whole, team, locale),
    });
    const curious = refusal && /^(quota|media_too)_/.test(refusal.code);
    return curious ? slackSentence(this.phrasebook, locale, refusal) : undefined;
  }
}
