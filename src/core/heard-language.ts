import { AttemptResult } from './job-store';
import { HeardLanguage, Preferences } from './preference-store';

/** So many notes in a row make a language somebody's own. */
const ENOUGH_NOTES = 2;
/** Who changes between languages has to stay with one for longer: where the count begins then. */
const AFTER_ANOTHER = -1;
/** A note whose words the engine was less sure of, or of which it hardly heard any, says nothing about its language. */
const LEAST_CONFIDENCE = 0.6;
const LEAST_SECONDS = 1;

/** The language in which the speaker's next note is expected; undefined when nobody can say. */
export function expectedLanguage(heard: HeardLanguage | undefined): string | undefined {
  return heard && heard.notes >= ENOUGH_NOTES ? heard.language : undefined;
}

/** What is remembered of a speaker. */
export function heardOf({ heardLanguage, heardNotes }: Preferences): HeardLanguage | undefined {
  if (heardLanguage === undefined) return undefined;
  return { language: heardLanguage, notes: heardNotes ?? 1 };
}

/** What is to be remembered after a note; undefined when nothing has changed. */
export function remembered(
  before: HeardLanguage | undefined,
  { transcript, reused }: Pick<AttemptResult, 'transcript' | 'reused'>,
): HeardLanguage | undefined {
  const { language, languageDetected, segments } = transcript;
  // What was told is no evidence, and neither is what somebody else has said.
  if (!languageDetected || reused || language === undefined) return undefined;
  if (segments.some((segment) => segment.language !== language)) return undefined;
  let [seconds, sure] = [0, 0];
  for (const { start, end, confidence } of segments) {
    seconds += end - start;
    sure += (end - start) * confidence;
  }
  if (seconds < LEAST_SECONDS || sure / seconds < LEAST_CONFIDENCE) return undefined;
  if (!before) return { language, notes: 1 };
  if (before.language !== language) return { language, notes: AFTER_ANOTHER };
  return before.notes < ENOUGH_NOTES ? { language, notes: before.notes + 1 } : undefined;
}
