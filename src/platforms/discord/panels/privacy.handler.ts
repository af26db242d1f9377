import { Injectable } from '@nestjs/common';
import {
  ButtonInteraction,
  ChatInputCommandInteraction,
  RepliableInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { Phrasebook } from '../../../core/phrasebook';
import { PrivacyDeskService } from '../../../core/privacy-desk.service';
import { PRIVACY_ACTIONS, PrivacyAction } from '../../../core/privacy-view';
import { Person } from '../../../core/voice-note';
import { attached } from '../attached-text';
import { isHarkCommand } from '../commands/hark-command';
import { DISCORD_LIMITS } from '../discord-limits';
import { personOf } from '../discord.mapper';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse } from '../interactions/interaction.response';
import { MOST_CHOICES } from '../interactions/language-suggestions';
import { partsOf } from './panel-id';
import { SUMMARIZER_MENU, erasureQuestion, privacyPanel } from './privacy.panel';

const PLATFORM = 'discord';
/** As many messages as Discord takes after a button, each with a file of the largest size. */
const MOST_FILES = 5;

type PrivacyInteraction = ChatInputCommandInteraction | ButtonInteraction | StringSelectMenuInteraction;

/** `/hark privacy` and its panel: what may be done with one's own voice. */
@Injectable()
export class PrivacyHandler extends InteractionHandler<PrivacyInteraction> {
  constructor(
    private readonly desk: PrivacyDeskService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is PrivacyInteraction {
    if (isHarkCommand(interaction, 'privacy')) return true;
    return (
      (interaction.isButton() || interaction.isStringSelectMenu()) &&
      partsOf('privacy', interaction.customId) !== undefined
    );
  }

  acknowledgement(interaction: PrivacyInteraction): Acknowledgement {
    return interaction.isChatInputCommand() ? 'private' : 'update';
  }

  async handle(interaction: PrivacyInteraction, response: InteractionResponse): Promise<void> {
    const { locale } = interaction;
    const person = personOf(interaction.user);
    const action = actionOf(interaction);
    if (action === 'erase') return response.show(erasureQuestion(this.phrasebook, locale));
    if (action === 'export') return this.export(person, response, locale);
    const news = await this.desk.act(PLATFORM, person, { action, ...chosen(interaction) }, locale);
    const view = await this.desk.view(PLATFORM, person, { locale, mostChoices: MOST_CHOICES });
    await response.show(privacyPanel(view, news));
  }

  /** As files that nobody else sees. */
  private async export(person: Person, response: InteractionResponse, locale: string): Promise<void> {
    const files = await this.desk.export(PLATFORM, person, DISCORD_LIMITS.fileBytes);
    if (files.length > MOST_FILES)
      return response.whisper(this.phrasebook.say(locale, 'consent.exportTooLarge'));
    for (const file of files) {
      await response.whisper(this.phrasebook.say(locale, 'consent.exported'), [attached(file)]);
    }
  }
}

function chosen(interaction: PrivacyInteraction): { language?: string; summarizer?: string } {
  if (!interaction.isStringSelectMenu()) return {};
  const [name] = partsOf('privacy', interaction.customId) ?? [];
  const [value] = interaction.values;
  return name === SUMMARIZER_MENU ? { summarizer: value } : { language: value };
}

function actionOf(interaction: PrivacyInteraction): PrivacyAction | undefined {
  if (interaction.isChatInputCommand()) return undefined;
  const [name] = partsOf('privacy', interaction.customId) ?? [];
  return PRIVACY_ACTIONS.find((action) => action === name);
}
