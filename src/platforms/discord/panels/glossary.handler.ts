import { Injectable } from '@nestjs/common';
import {
  ChatInputCommandInteraction,
  PermissionFlagsBits,
  RepliableInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { GlossaryPlace } from '../../../core/glossary-store';
import { glossaryView } from '../../../core/glossary-view';
import { GlossaryService } from '../../../core/glossary.service';
import { Phrasebook } from '../../../core/phrasebook';
import { COMMANDS, GLOSSARY, GLOSSARY_OPTION } from '../commands/command-names';
import { personOf } from '../discord.mapper';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse } from '../interactions/interaction.response';
import { glossaryPanel } from './glossary.panel';
import { partsOf } from './panel-id';

type GlossaryInteraction = ChatInputCommandInteraction | StringSelectMenuInteraction;

/** `/hark glossary`: names and terms to expect in a server, for those who manage it. */
@Injectable()
export class GlossaryHandler extends InteractionHandler<GlossaryInteraction> {
  constructor(
    private readonly glossary: GlossaryService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is GlossaryInteraction {
    if (interaction.isStringSelectMenu()) return partsOf('glossary', interaction.customId) !== undefined;
    return (
      interaction.isChatInputCommand() &&
      interaction.commandName === COMMANDS.hark &&
      interaction.options.getSubcommandGroup(false) === GLOSSARY
    );
  }

  acknowledgement(interaction: GlossaryInteraction): Acknowledgement {
    return interaction.isChatInputCommand() ? 'private' : 'update';
  }

  async handle(interaction: GlossaryInteraction, response: InteractionResponse): Promise<void> {
    const { locale } = interaction;
    const refusal = refusalOf(interaction);
    if (refusal) return response.tell(this.phrasebook.say(locale, refusal));
    const place = { platform: 'discord', id: interaction.guildId ?? '' };
    const news = interaction.isChatInputCommand()
      ? await this.change(interaction, place)
      : await this.decide(interaction, place);
    const view = glossaryView(await this.glossary.list(place), this.phrasebook, locale);
    await response.show(glossaryPanel(view, this.phrasebook, locale, news));
  }

  /** What was done, in words. @throws HarkError `term_invalid` or `glossary_full` */
  private async change(
    { options, user, locale }: ChatInputCommandInteraction,
    place: GlossaryPlace,
  ): Promise<string | undefined> {
    const typed = options.getString(GLOSSARY_OPTION) ?? '';
    switch (options.getSubcommand()) {
      case 'add': {
        const { length: count } = await this.glossary.add(place, typed, personOf(user));
        return this.phrasebook.say(locale, 'glossary.added', { count });
      }
      case 'remove': {
        const count = await this.glossary.remove(place, typed, personOf(user));
        if (count === 0) return this.phrasebook.say(locale, 'glossary.notThere');
        return this.phrasebook.say(locale, 'glossary.removed', { count });
      }
      default:
        return undefined;
    }
  }

  private async decide(
    { customId, values: [term = ''], user, locale }: StringSelectMenuInteraction,
    place: GlossaryPlace,
  ): Promise<string> {
    if (partsOf('glossary', customId)?.[0] === 'accept') {
      const { length: count } = await this.glossary.add(place, term, personOf(user));
      return this.phrasebook.say(locale, 'glossary.added', { count });
    }
    await this.glossary.dismiss(place, term, personOf(user));
    return this.phrasebook.say(locale, 'glossary.dismissed');
  }
}

/** Key of the sentence for who may not; looked at every time, for people cease to manage servers. */
function refusalOf(interaction: GlossaryInteraction): string | undefined {
  if (!interaction.inCachedGuild()) return 'glossary.notHere';
  const manages = interaction.memberPermissions.has(PermissionFlagsBits.ManageGuild);
  return manages ? undefined : 'glossary.needManageServer';
}
