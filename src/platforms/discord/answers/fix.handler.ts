import { Injectable } from '@nestjs/common';
import { ButtonInteraction, ButtonStyle, ModalSubmitInteraction, RepliableInteraction } from 'discord.js';
import { AnswerLookupService } from '../../../core/answer-lookup.service';
import { Answer } from '../../../core/answer';
import { FixDeskService } from '../../../core/fix-desk.service';
import { fixSentence } from '../../../core/fix-words';
import { Phrasebook } from '../../../core/phrasebook';
import { customId, parseCustomId } from '../discord-custom-id';
import { personOf } from '../discord.mapper';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse } from '../interactions/interaction.response';
import { buttonRow } from '../panels/component-rows';
import { DISCORD_FORM, fieldId, fixModal, parseFixForm } from './fix.form';

const ANSWERS = ['fix-agree', 'fix-decline'] as const;

type FixInteraction = ButtonInteraction | ModalSubmitInteraction;

/** *Fix* under an answer, the form that it opens, and whether corrections may suggest terms. */
@Injectable()
export class FixHandler extends InteractionHandler<FixInteraction> {
  constructor(
    private readonly answers: AnswerLookupService,
    private readonly desk: FixDeskService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is FixInteraction {
    if (interaction.isModalSubmit()) return parseFixForm(interaction.customId) !== undefined;
    if (!interaction.isButton()) return false;
    const action = parseCustomId(interaction.customId)?.action;
    return action === 'fix' || ANSWERS.some((answer) => answer === action);
  }

  acknowledgement(interaction: FixInteraction): Acknowledgement {
    if (interaction.isModalSubmit()) return 'private';
    return parseCustomId(interaction.customId)?.action === 'fix' ? 'form' : 'update';
  }

  async handle(interaction: FixInteraction, response: InteractionResponse): Promise<void> {
    const { user, locale, customId: id } = interaction;
    const answerId = (parseFixForm(id) ?? parseCustomId(id))?.answerId;
    const answer = await this.answers.find(answerId, user.id);
    if (!answer) return response.tell(this.phrasebook.say(locale, 'answer.gone'));
    if (interaction.isModalSubmit()) return this.correct(answer, interaction, response);
    const action = parseCustomId(id)?.action;
    if (action === 'fix') {
      const form = this.desk.open(answer, personOf(user), DISCORD_FORM);
      return response.ask(fixModal(answer, form, this.phrasebook, locale));
    }
    const agrees = action === 'fix-agree';
    await this.desk.consent(answer, personOf(user), agrees);
    const content = this.phrasebook.say(locale, agrees ? 'fix.agreed' : 'fix.declined');
    await response.show({ content, components: [] });
  }

  private async correct(
    answer: Answer,
    { user, locale, customId: id, fields }: ModalSubmitInteraction,
    response: InteractionResponse,
  ): Promise<void> {
    const stamp = parseFixForm(id)?.stamp ?? '';
    const texts = [...fields.fields.keys()].map((_, index) => fields.getTextInputValue(fieldId(index)));
    const outcome = await this.desk.submit(answer, personOf(user), { stamp, texts }, DISCORD_FORM);
    const say = (key: string): string => this.phrasebook.say(locale, key);
    await response.show({
      content: fixSentence(outcome, this.phrasebook, locale),
      components:
        outcome.suggestions === 'ask'
          ? [
              buttonRow([
                {
                  id: customId('fix-agree', answer.id),
                  label: say('fix.agree'),
                  style: ButtonStyle.Primary,
                },
                { id: customId('fix-decline', answer.id), label: say('fix.decline') },
              ]),
            ]
          : [],
    });
  }
}
