import { Word } from '../core/transcript';

/** A token as Whisper's servers write it: a leading space starts a word. Times are seconds. */
export interface Token {
  word: string;
  start?: number | null;
  end?: number | null;
  probability?: number | null;
}

/** Written without spaces: every token stands for itself. */
const WITHOUT_SPACES = new Set(['zh', 'ja', 'yue', 'th', 'lo', 'my', 'bo', 'km']);
const NOTHING_TO_SAY = /^[\p{P}\p{S}\s]*$/u;
const OPENING = /^\s*[\p{Ps}\p{Pi}¿¡"'#$€£]/u;
const SPECIAL = /^\[_.*\]$|^<\|.*\|>$/;

/** A word being put together. Punctuation has no part in its confidence. */
interface Parts {
  tokens: Token[];
  spoken: Token[];
}

/** The engine's tokens as words, with the engine's own times. Marks belong to the word before. */
export function wordsOf(tokens: readonly Token[], language: string | undefined): Word[] {
  const words: Parts[] = [];
  for (const token of tokens) {
    if (isSpecial(token.word)) continue;
    const last = words.at(-1);
    const word = last && !startsWord(token.word, last, language) ? last : { tokens: [], spoken: [] };
    if (word !== last) words.push(word);
    word.tokens.push(token);
    if (!NOTHING_TO_SAY.test(token.word)) word.spoken.push(token);
  }
  return words.filter(({ spoken }) => spoken.length > 0).map(wordOf);
}

/** Whether the token stands for no text. */
export function isSpecial(token: string): boolean {
  return token === '' || SPECIAL.test(token);
}

function startsWord(text: string, last: Parts, language: string | undefined): boolean {
  const mark = NOTHING_TO_SAY.test(text);
  if (mark) return OPENING.test(text) && text.startsWith(' ');
  // An opening mark waits for its word.
  if (last.spoken.length === 0) return false;
  return text.startsWith(' ') || (language !== undefined && WITHOUT_SPACES.has(language));
}

function wordOf({ tokens, spoken }: Parts): Word {
  const times = spoken.filter((token) => (token.start ?? -1) >= 0);
  const start = times[0]?.start ?? 0;
  return {
    text: tokens
      .map(({ word }) => word)
      .join('')
      .trim(),
    start,
    end: Math.max(start, times.at(-1)?.end ?? start),
    confidence: mean(spoken.map(({ probability }) => probability ?? 0)),
  };
}

/** 0 for nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
