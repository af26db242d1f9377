import { Answer } from '../../../core/answer';
import { Choice } from '../../../core/menu-words';
import { ModelInfo } from '../../../core/model-store';
import { Phrasebook } from '../../../core/phrasebook';
import { tryAgainChoices } from '../../../core/try-again-choices';
import { Block, MOST_CHOICES, Shown, plainBlocks } from '../panels/blocks';
import { actionId } from '../slack-action-id';
import { blockOfAnswer } from './answer-block';

/** Asks in which language, or with which model, an answer's notes are to be read again. */
export function tryAgainPanel(
  answer: Answer,
  stock: readonly ModelInfo[],
  phrasebook: Phrasebook,
  locale: string,
): Shown {
  const say = (key: string): string => phrasebook.say(locale, key);
  const { languages, models } = tryAgainChoices(answer, stock, {
    phrasebook,
    locale,
    mostChoices: MOST_CHOICES,
  });
  const menu = (id: 'retry-language' | 'retry-model', placeholder: string, choices: readonly Choice[]) => ({
    type: 'static_select' as const,
    action_id: actionId(id),
    placeholder: { type: 'plain_text' as const, text: placeholder },
    options: choices.map(({ label, value }) => ({
      text: { type: 'plain_text' as const, text: label.slice(0, 75), emoji: false },
      value,
    })),
  });
  const menus: Block = {
    type: 'actions',
    block_id: blockOfAnswer(answer.id),
    elements: [
      menu('retry-language', say('retry.chooseLanguage'), languages),
      ...(models.length > 0 ? [menu('retry-model', say('retry.chooseModel'), models)] : []),
    ],
  };
  return { text: say('retry.title'), blocks: [...plainBlocks(say('retry.title')), menus] };
}
