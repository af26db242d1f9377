import { de } from './de';
import { en } from './en';

export type WordKey = keyof typeof en;

const KEY = 'hark-language';
const CATALOGUES: Record<string, Record<WordKey, string>> = { en, de };
export const LANGUAGES = Object.keys(CATALOGUES);

/** The language of the page: the one that was chosen, or else the browser's, or else English. */
export const language =
  [localStorage.getItem(KEY), ...navigator.languages.map((each) => each.slice(0, 2))].find(
    (each) => each !== null && each in CATALOGUES,
  ) ?? 'en';

const catalogue = CATALOGUES[language] ?? en;

/** The page's own words; `{name}` in them is what is given for it. */
export function say(key: WordKey, params: Record<string, string | number> = {}): string {
  return catalogue[key].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}

export function chooseLanguage(chosen: string): void {
  localStorage.setItem(KEY, chosen);
  location.reload();
}
