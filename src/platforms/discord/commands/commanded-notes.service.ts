import { Injectable } from '@nestjs/common';
import { RepliableInteraction } from 'discord.js';
import { NoteIntakeService } from '../../../core/note-intake.service';
import { Phrasebook } from '../../../core/phrasebook';
import { MediaSource, Person, TranscriptionOptions } from '../../../core/voice-note';
import { askerOf } from '../asker.mapper';
import { discordSentence } from '../discord-sentences';
import { InteractionResponse } from '../interactions/interaction.response';

export interface Commanded {
  sources: readonly MediaSource[];
  author: Person;
  options: Partial<TranscriptionOptions>;
  /** Id of the message that they are of. */
  message?: string;
}

/** Takes in what a command names. From then on the response is the answer's, which the platform keeps up to date. */
@Injectable()
export class CommandedNotesService {
  constructor(
    private readonly intake: NoteIntakeService,
    private readonly phrasebook: Phrasebook,
  ) {}

  /** @throws HarkError when none of them may come in */
  async take(
    interaction: RepliableInteraction,
    response: InteractionResponse,
    { sources, author, options, message }: Commanded,
  ): Promise<void> {
    const replyTo = response.address(message);
    const { intakes, refusal } = await this.intake.take(sources, {
      author,
      requester: askerOf(interaction.user, interaction.member),
      trigger: 'request',
      private: replyTo.interaction?.ephemeral ?? false,
      options,
      replyTo,
    });
    if (refusal && intakes.length === 0) throw refusal;
    if (refusal) await response.whisper(discordSentence(this.phrasebook, interaction.locale, refusal));
  }
}
