import { Injectable } from '@nestjs/common';
import {
  ButtonInteraction,
  ChatInputCommandInteraction,
  GatewayIntentBits,
  PermissionFlagsBits as Bits,
  RepliableInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { Phrasebook } from '../../../core/phrasebook';
import { PlaceSettingsService } from '../../../core/place-settings.service';
import { PreferenceScope, PreferenceStore } from '../../../core/preference-store';
import { SCOPES, SettingName, SettingsScope, settingsOf } from '../../../core/settings-choices';
import { Person } from '../../../core/voice-note';
import { isHarkCommand } from '../commands/hark-command';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse } from '../interactions/interaction.response';
import { MOST_CHOICES } from '../interactions/language-suggestions';
import { partsOf } from './panel-id';
import { refusalOf, scopesOf } from './settings-rights';
import { settingsPanel } from './settings.panel';

type SettingsInteraction = ChatInputCommandInteraction | ButtonInteraction | StringSelectMenuInteraction;

/** `/hark settings` and its panel: what happens in a channel or server, for those who manage it. */
@Injectable()
export class SettingsHandler extends InteractionHandler<SettingsInteraction> {
  constructor(
    private readonly preferences: PreferenceStore,
    private readonly places: PlaceSettingsService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is SettingsInteraction {
    if (isHarkCommand(interaction, 'settings')) return true;
    return (
      (interaction.isButton() || interaction.isStringSelectMenu()) &&
      partsOf('settings', interaction.customId) !== undefined
    );
  }

  acknowledgement(interaction: SettingsInteraction): Acknowledgement {
    return interaction.isChatInputCommand() ? 'private' : 'update';
  }

  async handle(interaction: SettingsInteraction, response: InteractionResponse): Promise<void> {
    const refusal = refusalOf(interaction);
    if (refusal) return response.tell(this.phrasebook.say(interaction.locale, refusal));
    const [scope = 'channel', name] = wishOf(interaction);
    const scopes = scopesOf(interaction);
    if (interaction.isStringSelectMenu()) {
      const setting = settingsOf(
        scope,
        {},
        { phrasebook: this.phrasebook, locale: interaction.locale, mostChoices: MOST_CHOICES },
      ).get(name as SettingName);
      const [value] = interaction.values;
      if (setting && value !== undefined)
        await this.places.change(scopes[scope], setting.change(value), interaction.user);
    }
    const { intents } = interaction.client.options;
    const joinsVoice = intents.has(GatewayIntentBits.GuildVoiceStates);
    if (interaction.isButton() && joinsVoice && scope === 'server' && name === 'listen')
      await this.switchListening(scopes.server, interaction.user);
    const state = {
      scope,
      channelId: scopes.channel.id,
      channel: await this.preferences.get(scopes.channel),
      server: await this.preferences.get(scopes.server),
      readsContent: intents.has(GatewayIntentBits.MessageContent),
      joinsVoice,
      mayAnswer: interaction.appPermissions.has([
        Bits.ViewChannel,
        Bits.SendMessages,
        Bits.ReadMessageHistory,
      ]),
    };
    await response.show(settingsPanel(state, this.phrasebook, interaction.locale));
  }

  /** On where it was off, and the other way round. */
  private async switchListening(server: PreferenceScope, by: Person): Promise<void> {
    const { features } = await this.preferences.get(server);
    const listen = features?.listen === false;
    await this.places.change(server, { features: { ...features, listen } }, by);
  }
}

function wishOf(interaction: SettingsInteraction): [scope?: SettingsScope, name?: string] {
  if (interaction.isChatInputCommand()) return [];
  const [scope, name] = partsOf('settings', interaction.customId) ?? [];
  return [SCOPES.find((each) => each === scope), name];
}
