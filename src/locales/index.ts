import de from './de.json';
import en from './en.json';

/** A catalogue a language, by BCP 47 tag; the first is the fallback. */
export const CATALOGUES = { en, de };
