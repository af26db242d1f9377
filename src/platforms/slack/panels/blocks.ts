import { types } from '@slack/bolt';
import { Choice } from '../../../core/menu-words';

export type Block = types.KnownBlock;

/** The most choices that Slack shows in a menu. */
export const MOST_CHOICES = 100;
const LONGEST_TEXT = 3_000;
const LONGEST_HEADER = 150;
const LONGEST_LABEL = 75;

/** What a message or a view shows. */
export interface Shown {
  /** For notifications and screen readers, in Slack's markup. */
  text: string;
  blocks: Block[];
}

/** Text as it is: nothing in it becomes anything more. */
function plain(text: string, most: number): types.PlainTextElement {
  return { type: 'plain_text', text: text.slice(0, most) || ' ', emoji: false };
}

export function plainBlocks(text: string): Block[] {
  return [{ type: 'section', text: plain(text, LONGEST_TEXT) }];
}

/** Lines of hark's own, in Slack's markup. */
export function markedBlock(lines: readonly string[]): Block {
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: lines.join('\n').slice(0, LONGEST_TEXT), verbatim: true },
  };
}

export function headerBlock(text: string): Block {
  return { type: 'header', text: plain(text, LONGEST_HEADER) };
}

export function smallBlock(text: string): Block {
  return { type: 'context', elements: [plain(text, LONGEST_TEXT)] };
}

export interface Menu {
  actionId: string;
  blockId: string;
  label: string;
  choices: readonly Choice[];
  /** Value of the choice that holds now. */
  current?: string;
}

/** A menu beside what it is about. */
export function menuBlock({ actionId, blockId, label, choices, current }: Menu): Block {
  const options = choices.map((choice) => ({
    text: plain(choice.label, LONGEST_LABEL),
    value: choice.value,
  }));
  const chosen = options.find(({ value }) => value === current);
  return {
    type: 'section',
    block_id: blockId,
    text: plain(label, LONGEST_TEXT),
    accessory: {
      type: 'static_select',
      action_id: actionId,
      options,
      ...(chosen && { initial_option: chosen }),
    },
  };
}

export interface Button {
  actionId: string;
  label: string;
  style?: 'primary' | 'danger';
  /** Comes back when it is pressed; at most 2,000 characters. */
  value?: string;
}

export function buttonsBlock(blockId: string, buttons: readonly Button[]): Block {
  return {
    type: 'actions',
    block_id: blockId,
    elements: buttons.map(({ actionId, label, style, value }) => ({
      type: 'button',
      action_id: actionId,
      text: plain(label, LONGEST_LABEL),
      ...(style && { style }),
      ...(value !== undefined && { value }),
    })),
  };
}
