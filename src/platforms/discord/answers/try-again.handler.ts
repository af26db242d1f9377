import { Injectable } from '@nestjs/common';
import { ButtonInteraction, RepliableInteraction, StringSelectMenuInteraction } from 'discord.js';
import { AnswerComponent } from '../../../core/answer-components';
import { AnswerLookupService } from '../../../core/answer-lookup.service';
import { AnswerActionsService } from '../../../core/answer-actions.service';
import { ModelStore } from '../../../core/model-store';
import { Phrasebook } from '../../../core/phrasebook';
import { tryAgainChange } from '../../../core/try-again-choices';
import { parseCustomId } from '../discord-custom-id';
import { askerOf } from '../asker.mapper';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse } from '../interactions/interaction.response';
import { tryAgainPanel } from './try-again.panel';

const MENUS: readonly (AnswerComponent | undefined)[] = ['retry-language', 'retry-model'];

type TryAgainInteraction = ButtonInteraction | StringSelectMenuInteraction;

/** *Try again* under an answer, and the menus that it opens. */
@Injectable()
export class TryAgainHandler extends InteractionHandler<TryAgainInteraction> {
  constructor(
    private readonly answers: AnswerLookupService,
    private readonly actions: AnswerActionsService,
    private readonly models: ModelStore,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is TryAgainInteraction {
    if (!interaction.isButton() && !interaction.isStringSelectMenu()) return false;
    const action = parseCustomId(interaction.customId)?.action;
    return interaction.isButton() ? action === 'try-again' : MENUS.includes(action);
  }

  acknowledgement(interaction: TryAgainInteraction): Acknowledgement {
    return interaction.isButton() ? 'private' : 'update';
  }

  async handle(interaction: TryAgainInteraction, response: InteractionResponse): Promise<void> {
    const { customId, user, member, locale } = interaction;
    const answer = await this.answers.find(parseCustomId(customId)?.answerId, user.id);
    if (!answer) return response.tell(this.phrasebook.say(locale, 'answer.gone'));
    if (interaction.isButton()) {
      return response.show(tryAgainPanel(answer, await this.models.list(), this.phrasebook, locale));
    }
    const menu = parseCustomId(customId)?.action === 'retry-language' ? 'retry-language' : 'retry-model';
    const change = tryAgainChange(menu, interaction.values[0]);
    await this.actions.tryAgain(answer, askerOf(user, member), change, interaction.id);
    await response.show({ content: this.phrasebook.say(locale, 'retry.started'), components: [] });
  }
}
