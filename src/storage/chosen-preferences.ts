import { Preferences } from '../core/preference-store';
import { PreferenceEntity } from './entities/preference.entity';

export const NAMES = [
  'language',
  'automatic',
  'whoMayAsk',
  'optedOut',
  'allowRequests',
  'suggestTerms',
  'eraseWithMessage',
  'features',
  'quota',
  'summarizer',
  'summaryHosts',
  'heardLanguage',
  'heardNotes',
] as const satisfies (keyof Preferences)[];

/** Without the columns that are empty. */
export function chosenIn(row: PreferenceEntity): Preferences {
  const chosen = NAMES.map((name) => [name, row[name]] as const);
  return Object.fromEntries(chosen.filter(([, value]) => value !== null && value !== undefined));
}
