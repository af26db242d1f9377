import { HarkError } from './errors';

/** Characters of one name or term. */
export const LONGEST_TERM = 60;
/** Terms of one place. The engine takes fewer at a time: see `glossaryPrompt`. */
export const MOST_TERMS = 200;

/** Several are typed with commas or on lines of their own. */
const BETWEEN = /[,;\n\r\u2028\u2029]+/u;
/** Mentions, tags and the marks of speech models' own language, in which a name has no business. */
const NO_NAME = /[<>|{}\\]|@(?:everyone|here)\b|:\/\//iu;
/** What is not seen but has an effect, such as a change of the direction of writing; joiners are part of some scripts. */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\s]+/gu;

/**
 * Somebody's names and terms, each once, as they are stored: on one line, without what cannot be seen.
 *
 * @throws HarkError `term_invalid`
 */
export function termsIn(typed: string): string[] {
  const terms = new Map<string, string>();
  for (const part of typed.toWellFormed().split(BETWEEN)) {
    const term = part.normalize('NFC').replace(UNSEEN, ' ').trim();
    if (term === '') continue;
    if ([...term].length > LONGEST_TERM || NO_NAME.test(term) || !/[\p{L}\p{N}]/u.test(term)) throw invalid();
    terms.set(keyOfTerm(term), term);
  }
  if (terms.size === 0) throw invalid();
  return [...terms.values()];
}

/** The same for spellings that differ in case or form only. */
export function keyOfTerm(term: string): string {
  return term.normalize('NFKC').toLowerCase();
}

function invalid(): HarkError {
  return new HarkError(
    'term_invalid',
    `A term is a name or an expression of at most ${LONGEST_TERM} characters, without mentions, links and code.`,
    { params: { most: LONGEST_TERM } },
  );
}
