import { Injectable } from '@nestjs/common';
import { ButtonInteraction, PermissionFlagsBits, RepliableInteraction } from 'discord.js';
import { AnswerLookupService } from '../../../core/answer-lookup.service';
import { AnswerActionsService } from '../../../core/answer-actions.service';
import { HarkError } from '../../../core/errors';
import { Phrasebook } from '../../../core/phrasebook';
import { parseCustomId } from '../discord-custom-id';
import { personOf } from '../discord.mapper';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse } from '../interactions/interaction.response';

/** *Delete* under an answer. */
@Injectable()
export class DeleteAnswerHandler extends InteractionHandler<ButtonInteraction> {
  constructor(
    private readonly answers: AnswerLookupService,
    private readonly actions: AnswerActionsService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is ButtonInteraction {
    return interaction.isButton() && parseCustomId(interaction.customId)?.action === 'delete';
  }

  acknowledgement(): Acknowledgement {
    return 'update';
  }

  async handle(interaction: ButtonInteraction, response: InteractionResponse): Promise<void> {
    const { customId, user, memberPermissions, locale } = interaction;
    const answer = await this.answers.find(parseCustomId(customId)?.answerId, user.id);
    if (!answer) return response.tell(this.phrasebook.say(locale, 'answer.gone'));
    const moderator = memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
    try {
      await this.actions.delete(answer, { ...personOf(user), moderator });
    } catch (error) {
      if (!(error instanceof HarkError) || error.code !== 'forbidden') throw error;
      return response.tell(this.phrasebook.say(locale, 'deleted.notAllowed'));
    }
    // What only this user sees cannot be removed by anything else than their own pressing of the button.
    await response.remove();
  }
}
