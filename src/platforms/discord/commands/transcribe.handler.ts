import { Injectable } from '@nestjs/common';
import { ChatInputCommandInteraction, RepliableInteraction } from 'discord.js';
import { parseLanguage } from '../../../core/languages';
import { Phrasebook } from '../../../core/phrasebook';
import { MediaSource } from '../../../core/voice-note';
import { personOf, uploadedSource } from '../discord.mapper';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse } from '../interactions/interaction.response';
import { COMMANDS, TRANSCRIBE_OPTIONS as NAMES } from './command-names';
import { CommandedNotesService } from './commanded-notes.service';

/** `/transcribe`: a file, a link, or both. */
@Injectable()
export class TranscribeHandler extends InteractionHandler<ChatInputCommandInteraction> {
  override readonly worksLate = true;

  constructor(
    private readonly notes: CommandedNotesService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is ChatInputCommandInteraction {
    return interaction.isChatInputCommand() && interaction.commandName === COMMANDS.transcribe;
  }

  acknowledgement({ options }: ChatInputCommandInteraction): Acknowledgement {
    return options.getBoolean(NAMES.private) ? 'private' : 'public';
  }

  async handle(interaction: ChatInputCommandInteraction, response: InteractionResponse): Promise<void> {
    const { options, user, locale } = interaction;
    const sources = sourcesOf(interaction);
    if (sources.length === 0) {
      return response.tell(this.phrasebook.say(locale, 'commands.transcribe.needFileOrLink'));
    }
    const language = options.getString(NAMES.language);
    await this.notes.take(interaction, response, {
      sources,
      author: personOf(user),
      options: {
        ...(language !== null && { language: parseLanguage(language) }),
        translate: options.getBoolean(NAMES.translate) ?? false,
      },
    });
  }
}

function sourcesOf({ options }: ChatInputCommandInteraction): MediaSource[] {
  const file = options.getAttachment(NAMES.file);
  // Whoever is used to hiding previews puts addresses into angle brackets.
  const link = options.getString(NAMES.link)?.replace(/^<|>$/g, '').trim();
  return [...(file ? [uploadedSource(file)] : []), ...(link ? [{ kind: 'link' as const, url: link }] : [])];
}
