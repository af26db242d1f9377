import { LANGUAGES, languageName } from './languages';

/** The languages that most voice notes are in, by number of speakers online; the first to be offered. */
const COMMON = 'en de es fr pt it nl pl ru uk tr ar hi ur zh ja ko id vi th sv cs el ro he'.split(' ');

/** All of them, the most common ones first. */
export const LANGUAGES_TO_OFFER = [
  ...COMMON,
  ...LANGUAGES.map(({ code }) => code).filter((code) => !COMMON.includes(code)),
];

/** Languages for a menu: these, which must not be missing, and the most common ones. */
export function languagesForMenu(
  room: number,
  needed: readonly (string | undefined)[],
  locale: string,
): { label: string; value: string }[] {
  const must = needed.filter((code) => code !== undefined && LANGUAGES_TO_OFFER.includes(code)) as string[];
  const codes = [...new Set([...must, ...COMMON])].slice(0, room);
  return codes
    .map((value) => ({ label: languageName(value, locale), value }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
}
