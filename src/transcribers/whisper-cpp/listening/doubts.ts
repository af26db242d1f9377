import { Segment } from '../../../core/transcript';
import { endOfSound, FRAME, levelsOf, shareOfLoud } from '../../sound-levels';
import { SAMPLE_RATE } from '../../wav';

/** The engine's times are off by half a second at times; what is shorter than a few words is no ground for doubt. */
const LEAST_UNHEARD_SECONDS = 2;
const LEAST_LOUD_SECONDS = 1;
/** A frame counts as speech from this share of the loud parts' level. */
const LOUD = 0.25;

/** Nobody says more letters in a second. */
const FASTEST = 30;
/** What is quieter than this share of the loud parts is hardly heard. */
const AUDIBLE = 0.05;
/** The engine's times are late by so much at times. */
const LATE_SECONDS = 0.3;

/** Whether so much sounds like speech after `heardSeconds` that words must be missing. */
export function endsEarly(samples: Int16Array, heardSeconds: number): boolean {
  if (samples.length / SAMPLE_RATE - heardSeconds < LEAST_UNHEARD_SECONDS) return false;
  const levels = levelsOf(samples);
  const least = shareOfLoud(levels, LOUD);
  const unheard = levels.slice(Math.ceil((heardSeconds * SAMPLE_RATE) / FRAME));
  const speech = unheard.filter((level) => level > least).length;
  return (speech * FRAME) / SAMPLE_RATE >= LEAST_LOUD_SECONDS;
}

/**
 * Whether there is a segment in whose time nobody could say it, as far as anything sounds in it. So it looks when the
 * engine says something twice, and when it says of the silence at the end what it has learnt.
 */
export function isHurried(
  samples: Int16Array,
  segments: readonly Pick<Segment, 'text' | 'start' | 'end'>[],
): boolean {
  const silence = endOfSound(samples, AUDIBLE) + LATE_SECONDS;
  return segments.some(({ text, start, end }) => {
    const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    return Math.min(end, silence) - start < letters / FASTEST;
  });
}

/** How likely the least likely of the segments is: the geometric mean of its words' probabilities. 1 for none. */
export function likelihood(segments: readonly Segment[]): number {
  return Math.min(
    1,
    ...segments.map(
      ({ words = [], confidence }) => geometricMean(words.map((word) => word.confidence)) ?? confidence,
    ),
  );
}

function geometricMean(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return Math.exp(
    values.reduce((sum, value) => sum + Math.log(Math.max(value, Number.EPSILON)), 0) / values.length,
  );
}
