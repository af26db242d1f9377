import { Injectable } from '@nestjs/common';
import { APIActionRowComponent, APIButtonComponent, ButtonStyle, ComponentType } from 'discord.js';
import { Answer } from '../../../core/answer';
import { ACTION_LABELS } from '../../../core/answer-components';
import { isPrivate } from '../../../core/answer-outlets';
import { AnswerAction, composeAnswer } from '../../../core/answer-composer';
import { Phrasebook } from '../../../core/phrasebook';
import { SummaryOfferService } from '../../../core/summary-offer.service';
import { customId } from '../discord-custom-id';
import { DISCORD_LIMITS } from '../discord-limits';
import { DISCORD_MARKUP } from '../discord.markup';

/** A message as it is to be shown, not yet as it is sent. */
export interface DiscordMessage {
  content: string;
  components: APIActionRowComponent<APIButtonComponent>[];
  files: { name: string; text: string }[];
}

/** What reads the answer stands in the first row, what changes it in the second. */
const ROWS: readonly AnswerAction[][] = [
  ['private-copy', 'translate', 'summarize', 'srt', 'txt'],
  ['try-again', 'fix', 'delete'],
];

/** Turns answers into Discord's messages. */
@Injectable()
export class DiscordAnswerRenderer {
  constructor(
    private readonly phrasebook: Phrasebook,
    private readonly summaries: SummaryOfferService,
  ) {}

  /**
   * At least one message. The first one has the buttons, from the beginning: by them it is found again.
   *
   * @param messages the most there may be before the text goes into a file
   */
  render(answer: Answer, messages: number = DISCORD_LIMITS.messages): DiscordMessage[] {
    const limits = { messageCharacters: DISCORD_LIMITS.messageCharacters, messages };
    const { phrasebook, summaries } = this;
    const composed = composeAnswer(answer, {
      limits,
      markup: DISCORD_MARKUP,
      phrasebook,
      summarizeFrom: summaries.leastCharacters,
    });
    const hidden = isPrivate(answer);
    const actions = composed.actions.filter((action) => !(hidden && action === 'private-copy'));
    return composed.messages.map((content, index) => ({
      content,
      components: index === 0 ? this.rows(answer, actions) : [],
      files: index === 0 ? composed.files : [],
    }));
  }

  private rows(answer: Answer, actions: readonly AnswerAction[]): DiscordMessage['components'] {
    return ROWS.map((row) => row.filter((action) => actions.includes(action)))
      .filter((row) => row.length > 0)
      .map((row) => ({
        type: ComponentType.ActionRow,
        components: row.map((action) => this.button(answer, action)),
      }));
  }

  private button({ id, address }: Answer, action: AnswerAction): APIButtonComponent {
    return {
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: this.phrasebook.say(address.locale, ACTION_LABELS[action]),
      custom_id: customId(action, id),
    };
  }
}
