import {
  APIActionRowComponent,
  APIButtonComponentWithCustomId,
  APIMentionableSelectComponent,
  APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { Choice } from '../../../core/menu-words';

export type Row = APIActionRowComponent<
  APIButtonComponentWithCustomId | APIStringSelectComponent | APIMentionableSelectComponent
>;

/** Longest label of a choice that Discord takes. */
const LONGEST_LABEL = 100;

/** @param current value of the choice that holds now */
export function menuRow(id: string, choices: readonly Choice[], current?: string, placeholder?: string): Row {
  const options = choices.map(({ label, value }) => ({
    label: label.slice(0, LONGEST_LABEL),
    value,
    ...(value === current && { default: true }),
  }));
  return {
    type: ComponentType.ActionRow,
    components: [
      { type: ComponentType.StringSelect, custom_id: id, options, ...(placeholder && { placeholder }) },
    ],
  };
}

export interface Button {
  id: string;
  label: string;
  style?: ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Danger;
}

export function buttonRow(buttons: readonly Button[]): Row {
  return {
    type: ComponentType.ActionRow,
    components: buttons.map(({ id, label, style = ButtonStyle.Secondary }) => ({
      type: ComponentType.Button,
      custom_id: id,
      label,
      style,
    })),
  };
}
