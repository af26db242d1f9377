import { Injectable } from '@nestjs/common';
import { ButtonInteraction, RepliableInteraction } from 'discord.js';
import { AnswerComponent } from '../../../core/answer-components';
import { Answer } from '../../../core/answer';
import { AnswerLookupService } from '../../../core/answer-lookup.service';
import { AnswerActionsService } from '../../../core/answer-actions.service';
import { Phrasebook } from '../../../core/phrasebook';
import { attached } from '../attached-text';
import { parseCustomId } from '../discord-custom-id';
import { askerOf } from '../asker.mapper';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse, Shown } from '../interactions/interaction.response';
import { DiscordAnswerRenderer } from '../posting/answer.renderer';

const COPIES: readonly (AnswerComponent | undefined)[] = ['private-copy', 'srt', 'txt', 'translate'];

/** The buttons that give an answer once more, for the user alone: as it is, as a file, in English. */
@Injectable()
export class AnswerCopiesHandler extends InteractionHandler<ButtonInteraction> {
  constructor(
    private readonly answers: AnswerLookupService,
    private readonly actions: AnswerActionsService,
    private readonly renderer: DiscordAnswerRenderer,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is ButtonInteraction {
    return interaction.isButton() && COPIES.includes(parseCustomId(interaction.customId)?.action);
  }

  acknowledgement(): Acknowledgement {
    return 'private';
  }

  async handle(interaction: ButtonInteraction, response: InteractionResponse): Promise<void> {
    const { customId, user, locale } = interaction;
    const answer = await this.answers.find(parseCustomId(customId)?.answerId, user.id);
    if (!answer) return response.tell(this.phrasebook.say(locale, 'answer.gone'));
    const action = parseCustomId(customId)?.action;
    if (action === 'translate') return this.translate(answer, interaction, response);
    await response.show(
      action === 'srt' || action === 'txt' ? this.file(answer, action, locale) : this.copy(answer, locale),
    );
  }

  /** An answer of its own, which from now on the platform shows in the response. */
  private async translate(
    answer: Answer,
    { user, member, channelId }: ButtonInteraction,
    response: InteractionResponse,
  ): Promise<void> {
    // Buttons in direct messages may belong to a note that is elsewhere.
    const { channel, thread, message } = answer.address;
    const here = (thread ?? channel) === channelId;
    await this.actions.translate(answer, askerOf(user, member), response.address(here ? message : undefined));
  }

  private copy(answer: Answer, locale: string): Shown {
    const [{ content, files } = { content: '', files: [] }] = this.renderer.render(
      { ...answer, address: { ...answer.address, locale } },
      1,
    );
    return { content, files: files.map(attached) };
  }

  private file(answer: Answer, format: 'srt' | 'txt', locale: string): Shown {
    const files = this.actions.files(answer, format);
    if (files.length === 0) return { content: this.phrasebook.say(locale, 'answer.noText') };
    return { files: files.map(attached) };
  }
}
