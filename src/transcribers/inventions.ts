import { AudioPiece } from '../core/media';
import { DOUBTFUL, Segment } from '../core/transcript';
import { repeatsItself } from './repetition';
import { FRAME_SECONDS, levelsOf, shareOfLoud } from './sound-levels';

/** The engine's times are off by so much at times. */
const MARGIN_SECONDS = 0.5;
/** What sounds for a shorter time is no word. */
const LEAST_SECONDS = 0.1;
/** Who speaks as quietly as this beside somebody loud is hardly heard. As a share of the loud parts' level. */
const AUDIBLE = 0.05;
/** Nobody says more letters in a second. */
const FASTEST = 30;
/** How often in a row the same is said before that is strange, and before nobody says it any more. */
const STRANGE_REPEATS = 3;
const MOST_REPEATS = 6;

/**
 * What engines have learnt from the ends of films, and say of nearly nothing. People say some of it, too: it is dropped
 * only where the sound speaks against it.
 */
const SAID_OF_NOTHING =
  /^(?:thank you|thanks|thanks? (?:you )?(?:so much |very much )?for (?:watching|listening)|bye(?:[ -]bye)?|you|okay|please (?:like and )?subscribe.*|subtitles? by .*|vielen dank(?: f\u00fcrs (?:zuschauen|zuh\u00f6ren))?|danke(?: f\u00fcrs (?:zuschauen|zuh\u00f6ren))?|bis zum n\u00e4chsten mal|untertitel.*|amara org.*)$/;

/**
 * The segments of a piece without what the engine has made up, as the sound shows: words of which it is not sure where
 * nothing sounds, phrases it is known to invent where there is hardly time to say them, and what it repeats in a loop.
 * What is only strange stays, as doubtful.
 */
export function withoutInventions(segments: readonly Segment[], { samples, start }: AudioPiece): Segment[] {
  const levels = levelsOf(samples);
  const least = shareOfLoud(levels, AUDIBLE);
  const soundIn = (segment: Segment): number => {
    const [from, to] = [segment.start - start - MARGIN_SECONDS, segment.end - start + MARGIN_SECONDS];
    const within = levels.slice(Math.max(0, Math.floor(from / FRAME_SECONDS)), Math.ceil(to / FRAME_SECONDS));
    return within.filter((level) => level > least).length * FRAME_SECONDS;
  };
  return segments.flatMap((segment, index) => {
    const sound = soundIn(segment);
    const needed = lettersOf(segment.text) / FASTEST;
    const unlikely = segment.confidence < DOUBTFUL || sound < needed;
    if (unlikely && SAID_OF_NOTHING.test(plain(segment.text))) return [];
    // What the engine is sure of may have been said somewhere near: its times drift.
    if (sound < LEAST_SECONDS && segment.confidence < DOUBTFUL) return [];
    const again = isRepeated(segments, index, STRANGE_REPEATS);
    if (again && (sound < needed || isRepeated(segments, index, MOST_REPEATS))) return [];
    return sound < needed || again || repeatsItself(segment.text) ? [doubted(segment)] : [segment];
  });
}

/** The same was said so many times just before. */
function isRepeated(segments: readonly Segment[], index: number, times: number): boolean {
  const text = plain(segments[index]?.text ?? '');
  const before = segments.slice(Math.max(0, index - times), index);
  return before.length === times && before.every((segment) => plain(segment.text) === text);
}

/** Whatever the engine thinks of it. */
function doubted(segment: Segment): Segment {
  const confidence = Math.min(segment.confidence, DOUBTFUL / 2);
  const words = segment.words?.map((word) => ({
    ...word,
    confidence: Math.min(word.confidence, DOUBTFUL / 2),
  }));
  return { ...segment, confidence, ...(words && { words }) };
}

function lettersOf(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

function plain(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}
