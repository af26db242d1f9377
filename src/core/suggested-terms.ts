import { Change, compare, heardWords } from './corrected-words';
import { HarkError } from './errors';
import { LONGEST_TERM, keyOfTerm, termsIn } from './glossary-term';
import { endsSentence } from './reading-lines';
import { TextPart, onOneLine } from './timed-text';
import { Segment, mainLanguage } from './transcript';

export interface SuggestedTerm {
  term: string;
  insteadOf?: string;
}

/** Of one correction. */
const MOST = 10;
/** A shorter word at the beginning of a sentence is seldom a name. */
const SHORTEST_FIRST = 4;
/** Words of one name. */
const LONGEST_NAME = 4;
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const CAPITAL = /^\p{Lu}/u;
/** Written as no ordinary word is: `WhatsApp`, `K8s`, `NASA`. */
const PECULIAR = /\p{L}.*(?:\p{Lu}|\p{N})|\p{N}.*\p{L}/u;

/** What of a correction looks like a name or a term: words that were not heard, or not as a name, and are written as one. */
export function suggestedTerms(heard: readonly Segment[], corrected: string): SuggestedTerm[] {
  const spoken = heard.filter(({ text }) => onOneLine(text) !== '');
  const { words, changes } = compare(heardWords(spoken), onOneLine(corrected), mainLanguage(spoken));
  const parts = words.map(({ part }) => part);
  const raised: Change[] = words.flatMap(({ part, heard: same }, at) =>
    same && CAPITAL.test(bare(part.text)) && !CAPITAL.test(bare(same.text))
      ? [{ heard: [same], written: [part], at }]
      : [],
  );
  const terms = new Map<string, SuggestedTerm>();
  for (const change of [...changes, ...raised]) {
    const insteadOf = bare(change.heard.map(({ text }) => text).join(' ')).slice(0, LONGEST_TERM);
    for (const term of namesIn(change, parts, change.heard.length > 0 && raised.includes(change))) {
      if (!terms.has(keyOfTerm(term))) terms.set(keyOfTerm(term), { term, ...(insteadOf && { insteadOf }) });
    }
  }
  return [...terms.values()].slice(0, MOST);
}

/** Names that stand together are one. */
function namesIn({ written, at }: Change, all: readonly TextPart[], onlyRaised: boolean): string[] {
  const names: string[][] = [];
  let open: string[] | undefined;
  written.forEach((part, index) => {
    const word = bare(part.text);
    const before = all[at + index - 1];
    const first = before === undefined || endsSentence(before.text);
    const fits = PECULIAR.test(word) || (CAPITAL.test(word) && (!first || isLong(word, onlyRaised)));
    if (!fits) open = undefined;
    else if (open && open.length < LONGEST_NAME && before && bare(before.text) === open.at(-1))
      open.push(word);
    else names.push((open = [word]));
    // A comma parts names.
    if (part.text !== part.text.replace(/[^\p{L}\p{N}]+$/u, '')) open = undefined;
  });
  return names.flatMap((words) => storable(words.join(' ')));
}

/** The beginning of a sentence has a capital whatever the word is. */
function isLong(word: string, onlyRaised: boolean): boolean {
  return !onlyRaised && word.length >= SHORTEST_FIRST;
}

function bare(text: string): string {
  return text.replaceAll(EDGES, '');
}

function storable(term: string): string[] {
  try {
    return termsIn(term);
  } catch (error) {
    if (error instanceof HarkError) return [];
    throw error;
  }
}
