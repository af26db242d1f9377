import { Answer } from './answer';
import { languagesForMenu } from './language-menu';
import { Choice, MenuWords } from './menu-words';
import { ModelInfo } from './model-store';
import { TranscriptionOptions } from './voice-note';

/** The choice of the model that listens when nobody chooses one. */
const USUAL_MODEL = ':usual';

export interface TryAgainChoices {
  languages: Choice[];
  /** Empty where there is no choice. */
  models: Choice[];
}

/** In which language, or with which model, an answer's notes can be read again. */
export function tryAgainChoices(
  answer: Answer,
  models: readonly Pick<ModelInfo, 'name' | 'path'>[],
  { phrasebook, locale, mostChoices }: MenuWords,
): TryAgainChoices {
  const heard = answer.parts.flatMap(({ job }) => [job.language, job.options.language]);
  const here = models.filter(({ path }) => path !== undefined).map(({ name }) => name);
  const usual = { value: USUAL_MODEL, label: phrasebook.say(locale, 'retry.defaultModel') };
  return {
    languages: [
      { value: 'auto', label: phrasebook.say(locale, 'retry.auto') },
      ...languagesForMenu(mostChoices - 1, heard, locale),
    ],
    models:
      here.length > 0
        ? [usual, ...here.map((model) => ({ value: model, label: model }))].slice(0, mostChoices)
        : [],
  };
}

/** What is to be different the next time. */
export function tryAgainChange(
  menu: 'retry-language' | 'retry-model',
  value: string | undefined,
): Partial<TranscriptionOptions> {
  if (menu === 'retry-language') return { language: value };
  return { model: value === USUAL_MODEL ? undefined : value };
}
