import { Injectable } from '@nestjs/common';
import { types } from '@slack/bolt';
import { Answer } from '../../../core/answer';
import { ACTION_LABELS } from '../../../core/answer-components';
import { isPrivate } from '../../../core/answer-outlets';
import { AnswerAction, ComposedAnswer, composeAnswer } from '../../../core/answer-composer';
import { Phrasebook } from '../../../core/phrasebook';
import { SummaryOfferService } from '../../../core/summary-offer.service';
import { actionId } from '../slack-action-id';
import { MESSAGE_BLOCKS, SLACK_LIMITS } from '../slack-limits';
import { SLACK_MARKUP } from '../slack.markup';
import { blocksOf, fallbackOf } from './message.blocks';

/** A message as it is to be shown. */
export interface SlackMessage {
  /** For notifications and screen readers. */
  text: string;
  blocks: types.KnownBlock[];
}

/** An answer as it is to be shown. */
export interface RenderedAnswer extends Pick<ComposedAnswer, 'files' | 'settled'> {
  /** At least one. The first one has the buttons. */
  messages: SlackMessage[];
}

/** Turns answers into Slack's messages. */
@Injectable()
export class SlackAnswerRenderer {
  constructor(
    private readonly phrasebook: Phrasebook,
    private readonly summaries: SummaryOfferService,
  ) {}

  /** @param messages the most there may be before the text goes into a file */
  render(answer: Answer, messages: number = SLACK_LIMITS.messages): RenderedAnswer {
    const limits = { messageCharacters: SLACK_LIMITS.messageCharacters, messages };
    const { phrasebook, summaries } = this;
    const { actions, files, settled, ...composed } = composeAnswer(answer, {
      limits,
      markup: SLACK_MARKUP,
      phrasebook,
      summarizeFrom: summaries.leastCharacters,
    });
    const hidden = isPrivate(answer);
    const buttons = this.buttons(
      answer,
      actions.filter((action) => !(hidden && action === 'private-copy')),
    );
    return {
      files,
      settled,
      messages: composed.messages.map((message, index) => ({
        text: fallbackOf(message),
        blocks: [...blocksOf(message, MESSAGE_BLOCKS - 1), ...(index === 0 ? buttons : [])],
      })),
    };
  }

  /** A sentence of hark's own, as a message. */
  sentence(answer: Answer, key: string): SlackMessage {
    const text = this.phrasebook.say(answer.address.locale, key);
    return { text: fallbackOf(text), blocks: blocksOf(SLACK_MARKUP.small(text)) };
  }

  private buttons({ id, address }: Answer, actions: readonly AnswerAction[]): types.KnownBlock[] {
    if (actions.length === 0) return [];
    const elements = actions.map((action) => ({
      type: 'button' as const,
      action_id: actionId(action),
      value: id,
      text: {
        type: 'plain_text' as const,
        text: this.phrasebook.say(address.locale, ACTION_LABELS[action]),
        emoji: false,
      },
    }));
    return [{ type: 'actions', elements }];
  }
}
