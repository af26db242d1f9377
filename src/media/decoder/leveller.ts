import { toInt16 } from './pcm';

/** Where speech is brought to, as its loudest moments' root mean square. */
const TARGET = 0.12;
const MAX_GAIN = 30;
const MIN_GAIN = 0.25;
const CEILING = 0.98;
const FRAME = 320;

/**
 * Brings a piece to an even level by one gain for the whole of it, at most 30 dB up and 12 dB down and never so far
 * that it clips: a whisper far from the microphone keeps its detail in 16 bits, and hiss is not blown up without end.
 */
export function level(samples: Float32Array): Int16Array {
  const { loudness, peak } = measure(samples);
  if (loudness === 0) return new Int16Array(samples.length);
  const gain = Math.min(MAX_GAIN, Math.max(MIN_GAIN, TARGET / loudness), CEILING / peak);
  return toInt16(samples, gain);
}

/** The loudness that a tenth of the frames exceed, and the greatest value. */
function measure(samples: Float32Array): { loudness: number; peak: number } {
  const frames: number[] = [];
  let peak = 0;
  for (let at = 0; at < samples.length; at += FRAME) {
    let sum = 0;
    const end = Math.min(at + FRAME, samples.length);
    for (let i = at; i < end; i++) {
      const value = Math.abs(samples[i]!);
      if (value > peak) peak = value;
      sum += value * value;
    }
    frames.push(Math.sqrt(sum / (end - at)));
  }
  frames.sort((a, b) => b - a);
  return { loudness: frames[Math.floor(frames.length / 10)] ?? 0, peak };
}
