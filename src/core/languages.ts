import { HarkError } from './errors';
import { LANGUAGE_ALIASES, LANGUAGES } from './language-table';
import { nearest } from './nearest';

export { LANGUAGES } from './language-table';

/** The engine finds the language out by itself. */
const AUTO_LANGUAGE = 'auto';

const CODES = new Map(
  LANGUAGES.flatMap(({ code, englishName, ownName }) =>
    [code, englishName, ownName].map((name) => [normal(name), code] as const),
  ).concat(Object.entries(LANGUAGE_ALIASES).map(([name, code]) => [normal(name), code] as const)),
);
const SUGGESTIONS = LANGUAGES.flatMap(({ code, englishName, ownName }) => [code, englishName, ownName]);

/** Whether it is the code of a language that the engine knows; `auto` is none. */
export function isLanguage(code: string): boolean {
  return LANGUAGES.some((language) => language.code === code);
}

/**
 * The code for what a person wrote: a code (`de`, `de-AT`), a name in English or in the language itself, or `auto`.
 *
 * @throws HarkError `language_unknown`, with the nearest name in `params.suggestion`
 */
export function parseLanguage(input: string): string {
  const wanted = normal(input);
  if (wanted === AUTO_LANGUAGE) return AUTO_LANGUAGE;
  const [base = ''] = wanted.split(/[-_]/);
  const code = CODES.get(wanted) ?? (/^[a-z]{2,3}[-_][a-z]{2,4}$/.test(wanted) ? CODES.get(base) : undefined);
  if (code !== undefined) return code;
  const suggestion = nearest(wanted, SUGGESTIONS);
  throw new HarkError(
    'language_unknown',
    suggestion === undefined
      ? 'hark does not know this language. Give a code such as "en" or "de", a name, or "auto".'
      : `hark does not know this language. Did you mean "${suggestion}"?`,
    suggestion === undefined ? {} : { params: { suggestion } },
  );
}

/** The language's name in another language, e.g. German for `de` in `en`; English where there is no translation. */
export function languageName(code: string, locale = 'en'): string {
  const english = LANGUAGES.find((language) => language.code === code)?.englishName ?? code;
  // Whisper's code of Javanese is older than the standard's.
  const standard = code === 'jw' ? 'jv' : code;
  if (!isLanguage(code) || Intl.DisplayNames.supportedLocalesOf(safe(locale)).length === 0) return english;
  return new Intl.DisplayNames([safe(locale), 'en'], { type: 'language' }).of(standard) ?? english;
}

/** Locales come from chat platforms: what is no tag at all counts as English. */
function safe(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

function normal(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
