import { Injectable } from '@nestjs/common';
import { GatewayIntentBits, Message } from 'discord.js';
import { AskedAgainService } from '../../../core/asked-again.service';
import { HarkError } from '../../../core/errors';
import { NoteIntakeService } from '../../../core/note-intake.service';
import { Intake } from '../../../core/intake.service';
import { Phrasebook } from '../../../core/phrasebook';
import { addressOfMessage } from '../discord-address.mapper';
import { askerOf } from '../asker.mapper';
import { discordSentence, shortHelp } from '../discord-sentences';
import { QuietReplyService } from './quiet-reply.service';
import { RequestTarget, RequestTargetService } from './request-target.service';

/** The transcript that was asked for stands below the note already. */
const UP_THERE = '☝️';

/** Reads what is asked for by a direct message or a mention. Whoever asks is answered. */
@Injectable()
export class RequestedNotesService {
  constructor(
    private readonly targets: RequestTargetService,
    private readonly intake: NoteIntakeService,
    private readonly again: AskedAgainService,
    private readonly replies: QuietReplyService,
    private readonly phrasebook: Phrasebook,
  ) {}

  async answer(message: Message): Promise<void> {
    const target = await this.targets.find(message);
    if (target.sources.length === 0) return this.replies.say(message, this.nothingIn(target, message));
    const { intakes, refusal } = await this.intake.take(target.sources, {
      author: target.author,
      requester: askerOf(message.author, message.member),
      trigger: 'request',
      private: false,
      options: {},
      replyTo: addressOfMessage(target.message),
    });
    if (refusal) return this.refuse(message, refusal);
    // Of a message's own note that is known, the event has come twice; of another's, somebody asks again.
    if (target.message.id !== message.id && intakes.every(({ created }) => !created)) {
      await this.askedAgain(message, intakes);
    }
  }

  async refuse(message: Message, error: HarkError): Promise<void> {
    await this.replies.say(message, discordSentence(this.phrasebook, message.guild?.preferredLocale, error));
  }

  private async askedAgain(message: Message, known: readonly Intake[]): Promise<void> {
    const jobs = known.map(({ job }) => job);
    try {
      const reads = await this.again.read(jobs, askerOf(message.author, message.member), message.id);
      if (!reads) await this.replies.react(message, UP_THERE);
    } catch (error) {
      if (!(error instanceof HarkError) || error.retryable) throw error;
      await this.refuse(message, error);
    }
  }

  private nothingIn(target: RequestTarget, asking: Message): string {
    const locale = asking.guild?.preferredLocale;
    if (target.message.id === asking.id) return shortHelp(this.phrasebook, locale);
    const blind = asking.inGuild() && !asking.client.options.intents.has(GatewayIntentBits.MessageContent);
    return this.phrasebook.say(locale, blind ? 'answer.cannotSee' : 'answer.nothingToRead');
  }
}
