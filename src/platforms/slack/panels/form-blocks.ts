import { types } from '@slack/bolt';
import { Choice } from '../../../core/menu-words';
import { Block, MOST_CHOICES } from './blocks';

const LONGEST_LABEL = 2_000;
const LONGEST_HINT = 150;
const LONGEST_OPTION = 75;
const LONGEST_VALUE = 150;

function plain(text: string, most: number): types.PlainTextElement {
  return { type: 'plain_text', text: text.slice(0, most) || ' ', emoji: false };
}

export interface TextField {
  id: string;
  label: string;
  text?: string;
  hint?: string;
  /** Characters that it takes. */
  most: number;
}

/** A field to type in; it may stay empty. */
export function fieldBlock({ id, label, text, hint, most }: TextField): Block {
  return {
    type: 'input',
    block_id: id,
    optional: true,
    label: plain(label, LONGEST_LABEL),
    element: {
      type: 'plain_text_input',
      action_id: id,
      multiline: true,
      max_length: most,
      ...(text && { initial_value: text }),
      ...(hint && { placeholder: plain(hint, LONGEST_HINT) }),
    },
  };
}

/** Several may be chosen, or none. @param choices at least one */
export function choicesBlock(id: string, label: string, choices: readonly Choice[]): Block {
  const options = choices
    .filter(({ value }) => value.length <= LONGEST_VALUE)
    .slice(0, MOST_CHOICES)
    .map((choice) => ({ text: plain(choice.label, LONGEST_OPTION), value: choice.value }));
  return {
    type: 'input',
    block_id: id,
    optional: true,
    label: plain(label, LONGEST_LABEL),
    element: { type: 'multi_static_select', action_id: id, options },
  };
}
