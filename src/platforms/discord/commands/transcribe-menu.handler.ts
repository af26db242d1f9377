import { Injectable } from '@nestjs/common';
import {
  GatewayIntentBits,
  InteractionContextType,
  MessageContextMenuCommandInteraction,
  PermissionFlagsBits,
  RepliableInteraction,
} from 'discord.js';
import { Phrasebook } from '../../../core/phrasebook';
import { sourcesOf } from '../discord.mapper';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse } from '../interactions/interaction.response';
import { OriginalSpeakerService } from '../notes/original-speaker.service';
import { MENUS } from './command-names';
import { CommandedNotesService } from './commanded-notes.service';

const NAMES: readonly string[] = Object.values(MENUS);

/** *Transcribe* and *Transcribe privately* in a message's menu. */
@Injectable()
export class TranscribeMenuHandler extends InteractionHandler<MessageContextMenuCommandInteraction> {
  override readonly worksLate = true;

  constructor(
    private readonly notes: CommandedNotesService,
    private readonly speakers: OriginalSpeakerService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is MessageContextMenuCommandInteraction {
    return interaction.isMessageContextMenuCommand() && NAMES.includes(interaction.commandName);
  }

  acknowledgement({ commandName }: MessageContextMenuCommandInteraction): Acknowledgement {
    return commandName === MENUS.transcribePrivately ? 'private' : 'public';
  }

  async handle(
    interaction: MessageContextMenuCommandInteraction,
    response: InteractionResponse,
  ): Promise<void> {
    const { targetMessage, locale } = interaction;
    const sources = sourcesOf(targetMessage, { asked: true, keepAddresses: !mayFetch(interaction) });
    if (sources.length === 0) return response.tell(this.phrasebook.say(locale, 'answer.nothingToRead'));
    await this.notes.take(interaction, response, {
      sources,
      author: await this.speakers.of(targetMessage),
      options: {},
      message: targetMessage.id,
    });
  }
}

/** Whether hark gets the message with its files when it asks for it later, and not only now with the command. */
function mayFetch(interaction: MessageContextMenuCommandInteraction): boolean {
  if (interaction.context === InteractionContextType.BotDM) return true;
  const { ViewChannel, ReadMessageHistory } = PermissionFlagsBits;
  return (
    interaction.inCachedGuild() &&
    interaction.appPermissions.has([ViewChannel, ReadMessageHistory]) &&
    interaction.client.options.intents.has(GatewayIntentBits.MessageContent)
  );
}
