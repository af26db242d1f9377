import { bold } from 'discord.js';
import { Answer } from '../../../core/answer';
import { ModelInfo } from '../../../core/model-store';
import { Phrasebook } from '../../../core/phrasebook';
import { tryAgainChoices } from '../../../core/try-again-choices';
import { customId } from '../discord-custom-id';
import { MOST_CHOICES } from '../interactions/language-suggestions';
import { Row, menuRow } from '../panels/component-rows';

/** Asks in which language, or with which model, an answer's notes are to be read again. */
export function tryAgainPanel(
  answer: Answer,
  stock: readonly ModelInfo[],
  phrasebook: Phrasebook,
  locale: string,
): { content: string; components: Row[] } {
  const say = (key: string): string => phrasebook.say(locale, key);
  const { languages, models } = tryAgainChoices(answer, stock, {
    phrasebook,
    locale,
    mostChoices: MOST_CHOICES,
  });
  return {
    content: bold(say('retry.title')),
    components: [
      menuRow(customId('retry-language', answer.id), languages, undefined, say('retry.chooseLanguage')),
      ...(models.length > 0
        ? [menuRow(customId('retry-model', answer.id), models, undefined, say('retry.chooseModel'))]
        : []),
    ],
  };
}
