import { FRAME, levelsOf, shareOfLoud } from '../../sound-levels';
import { SAMPLE_RATE } from '../../wav';

/** The engine's times are off by half a second at times; what is shorter than a few words is no ground for doubt. */
const LEAST_UNHEARD_SECONDS = 2;
const LEAST_LOUD_SECONDS = 1;
/** A frame counts as speech from this share of the loud parts' level. */
const LOUD = 0.25;

/** Whether so much sounds like speech after `heardSeconds` that words must be missing. */
export function endsEarly(samples: Int16Array, heardSeconds: number): boolean {
  if (samples.length / SAMPLE_RATE - heardSeconds < LEAST_UNHEARD_SECONDS) return false;
  const levels = levelsOf(samples);
  const least = shareOfLoud(levels, LOUD);
  const unheard = levels.slice(Math.ceil((heardSeconds * SAMPLE_RATE) / FRAME));
  const speech = unheard.filter((level) => level > least).length;
  return (speech * FRAME) / SAMPLE_RATE >= LEAST_LOUD_SECONDS;
}
