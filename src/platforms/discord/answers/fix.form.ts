import { APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord.js';
import { Answer } from '../../../core/answer';
import { FixForm, FormLimits } from '../../../core/fix-form';
import { fixLabel } from '../../../core/fix-words';
import { Phrasebook } from '../../../core/phrasebook';

/** @see https://discord.com/developers/docs/components/reference#text-input */
export const DISCORD_FORM: FormLimits = { fieldCharacters: 4_000, fields: 5 };
const LONGEST_TITLE = 45;
const LONGEST_LABEL = 45;
const LONGEST_HINT = 100;
const PREFIX = 'hark-fix';
const FIELD = 'text-';

/** Which answer a filled-in form is about, and which text of it; undefined for other forms. */
export function parseFixForm(customId: string): { answerId: string; stamp: string } | undefined {
  const [prefix, answerId, stamp] = customId.split(':');
  return prefix === PREFIX && answerId !== undefined && stamp !== undefined ? { answerId, stamp } : undefined;
}

export function fieldId(index: number): string {
  return `${FIELD}${index}`;
}

/** A text to be corrected as a form, in as many fields as it takes. */
export function fixModal(
  answer: Answer,
  { fields, stamp }: FixForm,
  phrasebook: Phrasebook,
  locale: string,
): APIModalInteractionResponseCallbackData {
  const say = (key: string): string => phrasebook.say(locale, key);
  return {
    custom_id: [PREFIX, answer.id, stamp].join(':'),
    title: say('fix.title').slice(0, LONGEST_TITLE),
    components: fields.map((field, index) => ({
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.TextInput,
          custom_id: fieldId(index),
          label: fixLabel(field, fields, answer, phrasebook, locale).slice(0, LONGEST_LABEL),
          style: TextInputStyle.Paragraph,
          value: field.text,
          max_length: DISCORD_FORM.fieldCharacters,
          required: false,
          placeholder: say('fix.hint').slice(0, LONGEST_HINT),
        },
      ],
    })),
  };
}
