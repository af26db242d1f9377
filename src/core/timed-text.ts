import { Segment, Word } from './transcript';

/** The smallest part that a line may be broken at, with its times in seconds. */
export interface TimedToken {
  text: string;
  /** Nothing stands between it and the token before: scripts without spaces. */
  glued: boolean;
  start: number;
  end: number;
  /** The first one of a segment. */
  opens: boolean;
}

interface Anchor {
  offset: number;
  seconds: number;
}

/** Scripts that are written without spaces between words. */
const SPACELESS = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;
const OPENING = /^[\p{Ps}\p{Pi}]+$/u;

/**
 * Text on one line: whatever counts as a line break anywhere and control characters become one space, half surrogates
 * the replacement character.
 */
export function onOneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/**
 * A transcript as tokens in time. Words' own times are used where they are known; between them the time runs evenly
 * over the characters. No token begins before the one before it ends.
 */
export function tokensOf(segments: readonly Segment[]): TimedToken[] {
  let last = 0;
  return segments.flatMap(tokensOfSegment).map((token) => {
    const start = Math.max(last, token.start);
    last = Math.max(start, token.end);
    return { ...token, start, end: last };
  });
}

function tokensOfSegment(segment: Segment): TimedToken[] {
  const text = onOneLine(segment.text);
  const anchors = anchorsOf(text, segment);
  return partsOf(text, segment.language).map(({ text: part, offset, glued }, index) => ({
    text: part,
    glued,
    start: startAt(offset, anchors),
    end: endAt(offset + part.length, anchors),
    opens: index === 0,
  }));
}

export interface TextPart {
  text: string;
  /** Where in the text it begins. */
  offset: number;
  glued: boolean;
}

/** A text on one line as its words; in scripts without spaces, as the language's own parts. */
export function partsOf(text: string, language: string | undefined): TextPart[] {
  return [...text.matchAll(/\S+/g)].flatMap(({ 0: chunk, index }) =>
    SPACELESS.test(chunk)
      ? wordsWithin(chunk, index, language)
      : [{ text: chunk, offset: index, glued: false }],
  );
}

/** Punctuation stays with the word before it, an opening bracket with the one after it. */
function wordsWithin(chunk: string, offset: number, language: string | undefined): TextPart[] {
  const parts: TextPart[] = [];
  for (const { segment, isWordLike, index } of segmenter(language).segment(chunk)) {
    const previous = parts.at(-1);
    const joins = previous && (OPENING.test(previous.text) || (!isWordLike && !OPENING.test(segment)));
    if (joins) previous.text += segment;
    else parts.push({ text: segment, offset: offset + index, glued: index > 0 });
  }
  return parts;
}

function segmenter(language: string | undefined): Intl.Segmenter {
  const known = language !== undefined && /^[a-z]{2,3}$/.test(language);
  return new Intl.Segmenter(known ? language : undefined, { granularity: 'word' });
}

/** Where in the text which second is: at the segment's ends, and at both ends of every word that has times. */
function anchorsOf(text: string, { start, end, words = [] }: Segment): Anchor[] {
  const anchors: Anchor[] = [{ offset: 0, seconds: start }];
  let from = 0;
  for (const word of words) {
    const spelt = onOneLine(word.text);
    const offset = spelt === '' ? -1 : text.indexOf(spelt, from);
    if (offset < 0) continue;
    from = offset + spelt.length;
    anchors.push(...edgesOf(word, offset, from));
  }
  anchors.push({ offset: text.length, seconds: end });
  return rising(anchors.filter(({ seconds }) => Number.isFinite(seconds)));
}

function edgesOf(word: Word, from: number, to: number): Anchor[] {
  return [
    { offset: from, seconds: word.start },
    { offset: to, seconds: word.end },
  ];
}

function rising(anchors: Anchor[]): Anchor[] {
  let last = 0;
  return anchors.map(({ offset, seconds }) => ({ offset, seconds: (last = Math.max(last, seconds)) }));
}

/** Of several seconds at one place a beginning takes the last, an end the first: a pause belongs to neither. */
function startAt(offset: number, anchors: readonly Anchor[]): number {
  const before = anchors.findLast((anchor) => anchor.offset <= offset);
  return between(
    before,
    anchors.find((anchor) => anchor.offset > offset),
    offset,
  );
}

function endAt(offset: number, anchors: readonly Anchor[]): number {
  const after = anchors.find((anchor) => anchor.offset >= offset);
  return between(
    anchors.findLast((anchor) => anchor.offset < offset),
    after,
    offset,
  );
}

function between(before: Anchor | undefined, after: Anchor | undefined, offset: number): number {
  if (!before || !after) return before?.seconds ?? after?.seconds ?? 0;
  const share = (offset - before.offset) / (after.offset - before.offset);
  return before.seconds + share * (after.seconds - before.seconds);
}
