import { LINE_WIDTH, endsClause, endsSentence, linesOf, textOfTokens, widthOf } from './reading-lines';
import { TimedToken, tokensOf } from './timed-text';
import { Segment } from './transcript';

/** Something to be read at one time: one or two lines, in seconds from the start of the audio. */
export interface Cue {
  start: number;
  end: number;
  lines: string[];
}

/** A pause that lets the screen go empty. */
const PAUSE_SECONDS = 1;
/** Longer than this nobody looks at the same words. */
const LONGEST_SECONDS = 7;
/** Shorter than this nobody reads anything. */
const SHORTEST_SECONDS = 1;
const READ_CHARACTERS_PER_SECOND = 17;
/** A sentence that fills this much of the time or more is let stand alone. */
const SENTENCE_SECONDS = 3;

/** A transcript as cues, in order and without overlap. */
export function cuesOf(segments: readonly Segment[]): Cue[] {
  const groups: TimedToken[][] = [];
  let open: TimedToken[] = [];
  for (const token of tokensOf(segments).flatMap(inLines)) {
    while (open.length > 0 && !mayJoin(open, token)) {
      const cut = isPause(open, token) ? open.length : naturalEnd(open);
      groups.push(open.slice(0, cut));
      open = open.slice(cut);
    }
    open.push(token);
  }
  if (open.length > 0) groups.push(open);
  return timed(groups);
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A word wider than a line in parts that fit, with its time shared out between them. */
function inLines(token: TimedToken): TimedToken[] {
  if (widthOf(token.text) <= LINE_WIDTH) return [token];
  const parts: string[] = [''];
  for (const { segment } of characters.segment(token.text)) {
    const open = parts.length - 1;
    if (parts[open] !== '' && widthOf(parts[open] + segment) > LINE_WIDTH) parts.push(segment);
    else parts[open] += segment;
  }
  const seconds = (token.end - token.start) / parts.length;
  return parts.map((text, index) => ({
    text,
    glued: index > 0 || token.glued,
    start: token.start + index * seconds,
    end: token.start + (index + 1) * seconds,
    opens: index === 0 && token.opens,
  }));
}

function mayJoin(open: readonly TimedToken[], token: TimedToken): boolean {
  if (isPause(open, token)) return false;
  const seconds = spanOf(open);
  if (endsSentence(open.at(-1)?.text ?? '') && seconds >= SENTENCE_SECONDS) return false;
  return spanOf([...open, token]) <= LONGEST_SECONDS && linesOf([...open, token]) !== undefined;
}

function isPause(open: readonly TimedToken[], token: TimedToken): boolean {
  return token.start - (open.at(-1)?.end ?? token.start) >= PAUSE_SECONDS;
}

function spanOf(tokens: readonly TimedToken[]): number {
  return (tokens.at(-1)?.end ?? 0) - (tokens[0]?.start ?? 0);
}

/** After the last sentence or clause, unless hardly anything would be left before it; else where the room ends. */
function naturalEnd(open: readonly TimedToken[]): number {
  const sentence = open.findLastIndex(({ text }) => endsSentence(text)) + 1;
  if (sentence >= open.length / 3) return sentence;
  const clause = open.findLastIndex(({ text }) => endsClause(text)) + 1;
  return clause >= open.length / 2 ? clause : open.length;
}

/** Gives every cue the time to be read that the next one leaves it. */
function timed(groups: readonly TimedToken[][]): Cue[] {
  let free = 0;
  return groups.map((tokens, index) => {
    const start = Math.max(free, tokens[0]?.start ?? 0);
    const spoken = Math.max(start, tokens.at(-1)?.end ?? start);
    const next = groups[index + 1]?.[0]?.start ?? Infinity;
    const reading = Math.max(SHORTEST_SECONDS, textOfTokens(tokens).length / READ_CHARACTERS_PER_SECOND);
    const wanted = Math.min(Math.max(spoken, start + reading), start + LONGEST_SECONDS);
    // Where times are missing or wrong, words still get a moment each, one after the other.
    free = Math.max(Math.min(wanted, Math.max(next, spoken)), start + SHORTEST_SECONDS / 10);
    return { start, end: free, lines: linesOf(tokens) ?? [textOfTokens(tokens)] };
  });
}
