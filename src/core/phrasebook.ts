import { JobError } from './job';

/** hark's own words in the languages it speaks. */
export abstract class Phrasebook {
  /** BCP 47 tags that have a catalogue; the first is the fallback. */
  abstract readonly locales: readonly string[];
  /** The phrase in the nearest language there is. `params` are put in as they are: escape them before. */
  abstract say(
    locale: string | undefined,
    key: string,
    params?: Record<string, string | number | Date>,
  ): string;
  /** The sentence of an error; in English where no translation is. */
  abstract error(locale: string | undefined, error: JobError): string;
  /** The phrase in every language but the fallback, for platforms that localise by themselves. */
  abstract all(key: string): Record<string, string>;
}
