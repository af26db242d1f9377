import { Answer } from '../../../core/answer';
import { FixForm, FormLimits } from '../../../core/fix-form';
import { fixLabel } from '../../../core/fix-words';
import { Phrasebook } from '../../../core/phrasebook';
import { ModalView, formView } from '../interactions/form.view';
import { fieldBlock } from '../panels/form-blocks';

/** @see https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
export const SLACK_FORM: FormLimits = { fieldCharacters: 3_000, fields: 20 };
export const FIX_FORM = 'fix';

/** Which answer a filled-in form is about, and which text of it. */
export function aboutOf(about: string): { answerId: string; stamp: string } {
  const [answerId = '', stamp = ''] = about.split(':');
  return { answerId, stamp };
}

export function fieldId(index: number): string {
  return `text-${index}`;
}

/** A text to be corrected as a form, in as many fields as it takes. */
export function fixModal(
  answer: Answer,
  { fields, stamp }: FixForm,
  phrasebook: Phrasebook,
  locale: string | undefined,
): ModalView {
  const say = (key: string): string => phrasebook.say(locale, key);
  const words = { title: say('fix.title'), submit: say('fix.submit'), cancel: say('fix.cancel') };
  return formView(
    FIX_FORM,
    [answer.id, stamp].join(':'),
    words,
    fields.map((field, index) =>
      fieldBlock({
        id: fieldId(index),
        label: fixLabel(field, fields, answer, phrasebook, locale),
        text: field.text,
        hint: say('fix.hint'),
        most: SLACK_FORM.fieldCharacters,
      }),
    ),
  );
}
