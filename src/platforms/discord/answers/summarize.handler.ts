import { Injectable } from '@nestjs/common';
import { ButtonInteraction, ButtonStyle, RepliableInteraction } from 'discord.js';
import { AnswerComponent } from '../../../core/answer-components';
import { AnswerLookupService } from '../../../core/answer-lookup.service';
import { Phrasebook } from '../../../core/phrasebook';
import { SummaryDeskService, hostMark } from '../../../core/summary-desk.service';
import { customId, parseCustomId } from '../discord-custom-id';
import { personOf } from '../discord.mapper';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse } from '../interactions/interaction.response';
import { buttonRow } from '../panels/component-rows';
import { DiscordSummaryPosts } from './summary.posts';

const BUTTONS: readonly (AnswerComponent | undefined)[] = ['summarize', 'summarize-agreed'];

/** *Summarize* under a long answer, and the consent that it asks for where words would leave this machine. */
@Injectable()
export class SummarizeHandler extends InteractionHandler<ButtonInteraction> {
  constructor(
    private readonly answers: AnswerLookupService,
    private readonly desk: SummaryDeskService,
    private readonly posts: DiscordSummaryPosts,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is ButtonInteraction {
    return interaction.isButton() && BUTTONS.includes(parseCustomId(interaction.customId)?.action);
  }

  /** What is wrong is said to the user alone, though all may see what is right. */
  acknowledgement(): Acknowledgement {
    return 'update';
  }

  async handle(interaction: ButtonInteraction, response: InteractionResponse): Promise<void> {
    const { user, locale } = interaction;
    const { action, answerId, more: shown } = parseCustomId(interaction.customId) ?? {};
    const agreed = action === 'summarize-agreed';
    // The question has been answered, whatever comes of it.
    if (agreed) await response.remove();
    const answer = await this.answers.find(answerId, user.id);
    if (!answer) return response.whisper(this.phrasebook.say(locale, 'answer.gone'));
    const asker = personOf(user);
    await this.desk.check(answer, asker);
    if (agreed) await this.desk.agree('discord', asker, shown);
    const host = await this.desk.untold('discord', asker);
    if (host === undefined) return this.posts.show(answer, interaction, response);
    const label = this.phrasebook.say(locale, 'buttons.summarize');
    const id = customId('summarize-agreed', answer.id, hostMark(host));
    await response.question({
      content: this.phrasebook.say(locale, 'summary.ask', { host }),
      components: [buttonRow([{ id, label, style: ButtonStyle.Primary }])],
    });
  }
}
