import { Injectable } from '@nestjs/common';
import { HarkError } from '../../../core/errors';
import { AskedAgainService } from '../../../core/asked-again.service';
import { NoteIntakeService } from '../../../core/note-intake.service';
import { Phrasebook } from '../../../core/phrasebook';
import { slackSentence } from '../slack-times';
import { SlackMessage } from '../slack-payload';
import { SlackPeopleService, personOf } from '../slack-people.service';
import { addressOfMessage, speakerOf } from '../slack.mapper';
import { RequestTarget, RequestTargetService } from './request-target.service';

/** Reads what is asked for by a direct message or a mention. */
@Injectable()
export class RequestedNotesService {
  constructor(
    private readonly targets: RequestTargetService,
    private readonly intake: NoteIntakeService,
    private readonly again: AskedAgainService,
    private readonly people: SlackPeopleService,
    private readonly phrasebook: Phrasebook,
  ) {}

  /** What there is to say to whoever asked; undefined when the answer says it all. */
  async answer(message: SlackMessage, team: string, signal: AbortSignal): Promise<string | undefined> {
    const target = await this.targets.find(message, team, signal);
    const { locale, ...asker } = await this.people.asker(team, message.user ?? '');
    if (target.sources.length === 0) return this.nothingIn(target, message, locale);
    const { intakes, refusal } = await this.intake.take(target.sources, {
      author: personOf(await this.people.find(team, speakerOf(target.message))),
      requester: asker,
      trigger: 'request',
      private: false,
      options: {},
      replyTo: addressOfMessage(target.message, team, locale),
    });
    if (refusal) return slackSentence(this.phrasebook, locale, refusal);
    // Of a message's own note that is known, the event has come twice; of another's, somebody asks again.
    if (target.message.ts === message.ts || intakes.some(({ created }) => created)) return undefined;
    const jobs = intakes.map(({ job }) => job);
    const reads = await this.again.read(jobs, asker, message.ts);
    return reads ? undefined : this.phrasebook.say(locale, 'answer.alreadyThere');
  }

  async refusal(message: SlackMessage, team: string, error: HarkError): Promise<string> {
    const { locale } = await this.people.find(team, message.user ?? '');
    return slackSentence(this.phrasebook, locale, error);
  }

  private nothingIn(target: RequestTarget, asking: SlackMessage, locale: string | undefined): string {
    if (target.message.ts !== asking.ts) return this.phrasebook.say(locale, 'answer.nothingToRead');
    return ['help.askSlack', 'help.command'].map((key) => this.phrasebook.say(locale, key)).join('\n');
  }
}
