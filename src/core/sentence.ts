import { HarkError } from './errors';
import { Phrasebook } from './phrasebook';

/** What went wrong, as the person is told who caused it. */
export function sentenceOf(phrasebook: Phrasebook, locale: string | undefined, error: HarkError): string {
  const { code, userMessage: message, params } = error;
  return phrasebook.error(locale, { code, message, params });
}
