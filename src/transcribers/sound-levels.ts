import { SAMPLE_RATE } from './wav';

/** Samples of 20 ms. */
export const FRAME = SAMPLE_RATE / 50;
export const FRAME_SECONDS = 1 / 50;

/** Root mean square of every 20 ms. */
export function levelsOf(samples: Int16Array): number[] {
  return Array.from({ length: Math.floor(samples.length / FRAME) }, (_, frame) => {
    let sum = 0;
    for (let at = frame * FRAME; at < (frame + 1) * FRAME; at++) sum += (samples[at] ?? 0) ** 2;
    return Math.sqrt(sum / FRAME);
  });
}

/**
 * A level by which frames are told apart: measured by the loud parts, for nobody speaks as loud as another.
 *
 * @param share of the loud parts' level
 */
export function shareOfLoud(levels: readonly number[], share: number): number {
  const loud = [...levels].sort((a, b) => a - b)[Math.floor(levels.length * 0.9)] ?? 0;
  return loud * share;
}

/** Seconds after which nothing louder than so large a share of the loud parts follows; 0 where nothing is. */
export function endOfSound(samples: Int16Array, share: number): number {
  const levels = levelsOf(samples);
  const least = shareOfLoud(levels, share);
  return (levels.findLastIndex((level) => level > least) + 1) * FRAME_SECONDS;
}
