import { TimedToken } from './timed-text';

/** What fits the eye: subtitling guides agree on 42 characters a line and two lines at a time. */
export const LINE_WIDTH = 42;

/** East Asian characters take two columns. */
const WIDE = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\u3000-\u303f\uff01-\uff60]/gu;
const SENTENCE_END = /[.!?…。！？]["'”’»)\]]*$/u;
const CLAUSE_END = /[,;:،、，；：]["'”’»)\]]*$/u;
/** How many columns off balance the lines may be for the first one to end with a sentence, or a clause. */
const SENTENCE_BONUS = 32;
const CLAUSE_BONUS = 16;

export function endsSentence(text: string): boolean {
  return SENTENCE_END.test(text);
}

export function endsClause(text: string): boolean {
  return CLAUSE_END.test(text);
}

export function textOfTokens(tokens: readonly TimedToken[]): string {
  return tokens.map(({ text, glued }, index) => (index === 0 || glued ? text : ` ${text}`)).join('');
}

/**
 * One or two lines, the second case broken where both read best; undefined when that is too much for two lines.
 */
export function linesOf(tokens: readonly TimedToken[]): string[] | undefined {
  const whole = textOfTokens(tokens);
  if (tokens.length <= 1 || widthOf(whole) <= LINE_WIDTH) return [whole];
  return bestBreak(tokens);
}

/** Never less than the number of UTF-16 units, so that nobody counts more than the width. */
export function widthOf(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

function bestBreak(tokens: readonly TimedToken[]): string[] | undefined {
  let best: { lines: string[]; cost: number } | undefined;
  for (let index = 1; index < tokens.length; index++) {
    const lines = [tokens.slice(0, index), tokens.slice(index)];
    if (!lines.every(fits)) continue;
    const [first = '', second = ''] = lines.map(textOfTokens);
    const cost = Math.abs(widthOf(first) - widthOf(second)) - bonusOf(first);
    if (!best || cost < best.cost) best = { lines: [first, second], cost };
  }
  return best?.lines;
}

function bonusOf(line: string): number {
  if (endsSentence(line)) return SENTENCE_BONUS;
  return endsClause(line) ? CLAUSE_BONUS : 0;
}

function fits(tokens: readonly TimedToken[]): boolean {
  return tokens.length === 1 || widthOf(textOfTokens(tokens)) <= LINE_WIDTH;
}
