import { Injectable } from '@nestjs/common';
import {
  ButtonInteraction,
  MentionableSelectMenuInteraction,
  RepliableInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { LimitsTarget, targetOf } from '../../../core/limits-choices';
import { LimitsDeskService } from '../../../core/limits-desk.service';
import { Phrasebook } from '../../../core/phrasebook';
import { personOf } from '../discord.mapper';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse } from '../interactions/interaction.response';
import { limitsPanel } from './limits.panel';
import { partsOf } from './panel-id';
import { refusalOf, scopesOf } from './settings-rights';

type LimitsInteraction = ButtonInteraction | StringSelectMenuInteraction | MentionableSelectMenuInteraction;

/** The part of `/hark settings` that says how much may be asked for, for those who manage the server. */
@Injectable()
export class LimitsHandler extends InteractionHandler<LimitsInteraction> {
  constructor(
    private readonly desk: LimitsDeskService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is LimitsInteraction {
    return (
      (interaction.isButton() || interaction.isStringSelectMenu() || interaction.isMentionableSelectMenu()) &&
      partsOf('limits', interaction.customId) !== undefined
    );
  }

  acknowledgement(): Acknowledgement {
    return 'update';
  }

  async handle(interaction: LimitsInteraction, response: InteractionResponse): Promise<void> {
    const { locale } = interaction;
    const refusal = refusalOf(interaction) ?? (this.desk.isOpen ? undefined : 'limits.closed');
    if (refusal) return response.tell(this.phrasebook.say(locale, refusal));
    const place = scopesOf(interaction);
    const target = wishedTarget(interaction) ?? { kind: 'members' };
    const [, name = ''] = partsOf('limits', interaction.customId) ?? [];
    if (interaction.isStringSelectMenu()) {
      const [value = ''] = interaction.values;
      await this.desk.change(place, target, { name, value }, personOf(interaction.user));
    }
    const view = await this.desk.view(place, target, locale);
    await response.show(limitsPanel(view, this.phrasebook, locale));
  }
}

/** Whose limits are to be seen. */
function wishedTarget(interaction: LimitsInteraction): LimitsTarget | undefined {
  const [name = ''] = partsOf('limits', interaction.customId) ?? [];
  if (!interaction.isMentionableSelectMenu()) return targetOf(name);
  const [id] = interaction.values;
  if (id === undefined) return undefined;
  return { kind: interaction.roles.has(id) ? 'role' : 'user', id };
}
