import { deflateSync } from 'node:zlib';
import { SAMPLE_RATE } from '../../wav';

/** Whisper's own threshold: what compresses better than this says the same again and again. */
const MOST_COMPRESSION = 2.4;
const LONGEST_PHRASE = 8;
const MOST_REPEATS = 3;
const FRAME = SAMPLE_RATE / 50;
/** The engine's times are off by half a second at times; what is shorter than a few words is no ground for doubt. */
const LEAST_UNHEARD_SECONDS = 2;
const LEAST_LOUD_SECONDS = 1;
/** A frame counts as speech from this share of the loud parts' level. */
const LOUD = 0.25;

/** Whether the text repeats itself as an engine's does that has lost its way. */
export function repeatsItself(text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const bytes = Buffer.from(text);
  if (bytes.length > 60 && bytes.length / deflateSync(bytes).length > MOST_COMPRESSION) return true;
  for (let length = 1; length <= LONGEST_PHRASE; length++) {
    if (longestRun(words, length) > MOST_REPEATS) return true;
  }
  return false;
}

/** How often in a row a phrase of so many words stands at most. */
function longestRun(words: readonly string[], length: number): number {
  let longest = 1;
  let same = 0;
  for (let at = length; at < words.length; at++) {
    same = words[at] === words[at - length] ? same + 1 : 0;
    longest = Math.max(longest, 1 + Math.floor(same / length));
  }
  return longest;
}

/** Whether so much sounds like speech after `heardSeconds` that words must be missing. */
export function endsEarly(samples: Int16Array, heardSeconds: number): boolean {
  if (samples.length / SAMPLE_RATE - heardSeconds < LEAST_UNHEARD_SECONDS) return false;
  const levels = levelsOf(samples);
  const loud = [...levels].sort((a, b) => a - b)[Math.floor(levels.length * 0.9)] ?? 0;
  const unheard = levels.slice(Math.ceil((heardSeconds * SAMPLE_RATE) / FRAME));
  const speech = unheard.filter((level) => level > loud * LOUD && level > 0).length;
  return (speech * FRAME) / SAMPLE_RATE >= LEAST_LOUD_SECONDS;
}

/** Root mean square of every 20 ms. */
function levelsOf(samples: Int16Array): number[] {
  return Array.from({ length: Math.floor(samples.length / FRAME) }, (_, frame) => {
    let sum = 0;
    for (let at = frame * FRAME; at < (frame + 1) * FRAME; at++) sum += (samples[at] ?? 0) ** 2;
    return Math.sqrt(sum / FRAME);
  });
}
