import { GlossaryView } from '../../../core/glossary-view';
import { Phrasebook } from '../../../core/phrasebook';
import { ModalView, formView } from '../interactions/form.view';
import { Block, plainBlocks } from './blocks';
import { choicesBlock, fieldBlock } from './form-blocks';

export const GLOSSARY_FORM = 'glossary';
const LONGEST_TYPED = 3_000;
/** Of the list: one block takes so much. */
const LONGEST_LIST = 2_500;

/** A workspace's glossary, as a form in which all of it can be changed. */
export function glossaryForm(
  view: GlossaryView,
  phrasebook: Phrasebook,
  locale: string | undefined,
): ModalView {
  const say = (key: string): string => phrasebook.say(locale, key);
  const list = view.terms.join(', ');
  const lines = [view.lead, view.count, ...(view.unused === undefined ? [] : [view.unused])];
  const menu = (id: string, label: string, choices: GlossaryView['suggestions']): Block[] =>
    choices.length > 0 ? [choicesBlock(id, label, choices)] : [];
  const words = { title: view.title, submit: say('fix.submit'), cancel: say('glossary.close') };
  return formView(GLOSSARY_FORM, '', words, [
    ...plainBlocks(lines.join('\n')),
    ...(list === ''
      ? []
      : plainBlocks(list.length > LONGEST_LIST ? `${list.slice(0, LONGEST_LIST)}…` : list)),
    fieldBlock({ id: 'add', label: say('glossary.addLabel'), most: LONGEST_TYPED }),
    ...menu(
      'remove',
      say('glossary.removeLabel'),
      view.terms.map((term) => ({ label: term, value: term })),
    ),
    ...menu('accept', say('glossary.acceptLabel'), view.suggestions),
    ...menu('dismiss', say('glossary.dismissLabel'), view.suggestions),
  ]);
}
