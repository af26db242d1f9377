import { Injectable } from '@nestjs/common';
import { ButtonInteraction, ChatInputCommandInteraction, RepliableInteraction } from 'discord.js';
import { Phrasebook } from '../../../core/phrasebook';
import { SearchService } from '../../../core/search.service';
import { COMMANDS, FIND_OPTIONS } from '../commands/command-names';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse } from '../interactions/interaction.response';
import { DiscordReachService } from './discord-reach.service';
import { NextSearch, searchOf } from './find-id';
import { HitLinksService } from './hit-links.service';
import { findView } from './find.view';

type FindInteraction = ChatInputCommandInteraction | ButtonInteraction;

/** `/find`, and the button below what it has found. Only whoever asks sees what is found. */
@Injectable()
export class FindHandler extends InteractionHandler<FindInteraction> {
  constructor(
    private readonly search: SearchService,
    private readonly reach: DiscordReachService,
    private readonly links: HitLinksService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is FindInteraction {
    if (interaction.isButton()) return searchOf(interaction.customId) !== undefined;
    return interaction.isChatInputCommand() && interaction.commandName === COMMANDS.find;
  }

  acknowledgement(interaction: FindInteraction): Acknowledgement {
    return interaction.isButton() ? 'update' : 'private';
  }

  async handle(interaction: FindInteraction, response: InteractionResponse): Promise<void> {
    const { user, locale } = interaction;
    const { words, before } = wishOf(interaction);
    this.search.admit('discord', user.id, words);
    const sight = await this.reach.of(interaction);
    if (!sight) return response.tell(this.phrasebook.say(locale, 'find.notMember'));
    const page = await this.search.find(words, sight.reach, before);
    const links = await this.links.of(page.hits);
    await response.show(findView({ words, page, links, whole: sight.whole }, this.phrasebook, locale));
  }
}

function wishOf(interaction: FindInteraction): { words: string } & Partial<NextSearch> {
  if (interaction.isChatInputCommand())
    return { words: interaction.options.getString(FIND_OPTIONS.words, true) };
  return searchOf(interaction.customId) ?? { words: '' };
}
