import { Injectable } from '@nestjs/common';
import { HarkError } from '../../../core/errors';
import { TranscriptionJob } from '../../../core/job';
import { JobControlService } from '../../../core/job-control.service';
import { NoteIntakeService } from '../../../core/note-intake.service';
import { Phrasebook } from '../../../core/phrasebook';
import { sentenceOf } from '../../../core/sentence';
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
    private readonly jobs: JobControlService,
    private readonly people: SlackPeopleService,
    private readonly phrasebook: Phrasebook,
  ) {}

  /** What there is to say to whoever asked; undefined when the answer says it all. */
  async answer(message: SlackMessage, team: string, signal: AbortSignal): Promise<string | undefined> {
    const target = await this.targets.find(message, team, signal);
    const asker = await this.people.find(team, message.user ?? '');
    if (target.sources.length === 0) return this.nothingIn(target, message, asker.locale);
    const { intakes, refusal } = await this.intake.take(target.sources, {
      author: personOf(await this.people.find(team, speakerOf(target.message))),
      requester: personOf(asker),
      trigger: 'request',
      private: false,
      options: {},
      replyTo: addressOfMessage(target.message, team, asker.locale),
    });
    if (refusal) return sentenceOf(this.phrasebook, asker.locale, refusal);
    // Of a message's own note that is known, the event has come twice; of another's, somebody asks again.
    if (target.message.ts === message.ts || intakes.some(({ created }) => created)) return undefined;
    return this.askedAgain(
      intakes.map(({ job }) => job),
      asker.locale,
    );
  }

  async refusal(message: SlackMessage, team: string, error: HarkError): Promise<string> {
    const { locale } = await this.people.find(team, message.user ?? '');
    return sentenceOf(this.phrasebook, locale, error);
  }

  private async askedAgain(
    jobs: readonly TranscriptionJob[],
    locale: string | undefined,
  ): Promise<string | undefined> {
    const stopped = jobs.filter(({ status }) => status === 'failed' || status === 'cancelled');
    for (const { id } of stopped) await this.jobs.retry(id);
    return stopped.length === 0 ? this.phrasebook.say(locale, 'answer.alreadyThere') : undefined;
  }

  private nothingIn(target: RequestTarget, asking: SlackMessage, locale: string | undefined): string {
    if (target.message.ts !== asking.ts) return this.phrasebook.say(locale, 'answer.nothingToRead');
    return ['help.askSlack', 'help.command'].map((key) => this.phrasebook.say(locale, key)).join('\n');
  }
}
