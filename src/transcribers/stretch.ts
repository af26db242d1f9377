import { isLanguage, parseLanguage } from '../core/languages';
import { Word } from '../core/transcript';

/** Where a stretch of audio lies in the whole, in seconds. */
export interface Stretch {
  start: number;
  seconds: number;
}

/** Times within the whole. An engine's may lie a little outside the audio, or run backwards. */
export function placed<T extends Pick<Word, 'start' | 'end'>>(times: T, { start, seconds }: Stretch): T {
  const from = Math.min(Math.max(0, times.start), seconds);
  const to = Math.min(Math.max(from, times.end), seconds);
  return { ...times, start: rounded(start + from), end: rounded(start + to) };
}

/**
 * The code of the language that an engine was told or else says it heard, in whichever way it names languages.
 * Undefined for a name that nobody knows.
 */
export function languageHeard(told: string, said: string | null | undefined): string | undefined {
  if (isLanguage(told)) return told;
  try {
    const code = typeof said === 'string' ? parseLanguage(said) : undefined;
    return code === 'auto' ? undefined : code;
  } catch {
    return undefined;
  }
}

/** To milliseconds: sums of hundredths have long tails. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1_000) / 1_000;
}
