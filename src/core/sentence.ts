import { HarkError } from './errors';
import { Phrasebook } from './phrasebook';

/**
 * What went wrong, as the person is told who caused it.
 *
 * @param written how the platform writes a time so that it is shown as the reader's own clock has it
 */
export function sentenceOf(
  phrasebook: Phrasebook,
  locale: string | undefined,
  error: HarkError,
  written?: (time: Date) => string,
): string {
  const { code, userMessage: message, params, retryAt } = error;
  if (!written || !retryAt || !('retryAt' in params))
    return phrasebook.error(locale, { code, message, params });
  return phrasebook.error(locale, { code, message, params: { ...params, retryAt: written(retryAt) } });
}
