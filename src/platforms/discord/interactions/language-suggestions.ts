import { ApplicationCommandOptionChoiceData } from 'discord.js';
import { LANGUAGES_TO_OFFER } from '../../../core/language-menu';
import { LANGUAGES, languageName } from '../../../core/languages';
import { Phrasebook } from '../../../core/phrasebook';

/** The most that Discord shows, here and in menus. */
export const MOST_CHOICES = 25;

/** What fits what was typed: a name in the user's language, in English or in the language itself, or a code. */
export function suggestLanguages(
  typed: string,
  locale: string,
  phrasebook: Phrasebook,
): ApplicationCommandOptionChoiceData<string>[] {
  const wanted = typed.trim().toLowerCase();
  const auto = { name: phrasebook.say(locale, 'settings.languageAuto'), value: 'auto' };
  const fits = (names: readonly string[]): boolean =>
    names.some((name) =>
      name
        .toLowerCase()
        .split(/[\s(]+/)
        .some((word) => word.startsWith(wanted)),
    ) || names.some((name) => name.toLowerCase().startsWith(wanted));
  const languages = LANGUAGES_TO_OFFER.filter((code) => fits(namesOf(code, locale))).sort(
    (a, b) => Number(b === wanted) - Number(a === wanted),
  );
  return [
    ...(fits([auto.name, auto.value]) ? [auto] : []),
    ...languages.map((code) => ({ name: languageName(code, locale), value: code })),
  ].slice(0, MOST_CHOICES);
}

function namesOf(code: string, locale: string): string[] {
  const language = LANGUAGES.find((each) => each.code === code);
  return [code, languageName(code, locale), language?.englishName ?? '', language?.ownName ?? ''];
}
