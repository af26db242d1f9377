import { endOfSound } from '../../sound-levels';
import { SAMPLE_RATE } from '../../wav';
import { FULL_CONTEXT } from '../engine/engine-client';

const POSITIONS_PER_SECOND = 50;
/**
 * Room after the last sound, in positions: 1.3 s. Without it the last words are lost or repeated; half of it does for the
 * demonstration model, but stock models were taught with much silence at the end.
 */
const MARGIN = 64;
/** Matrices are multiplied in blocks so wide; what is no multiple of this falls back on a slower way. */
const STEP = 16;
/** 25.6 s. */
const WIDE_CONTEXT = 1_280;
/** What is quieter than this share of the loud parts is no word, not even one that fades away. */
const SILENT = 0.02;

/**
 * The samples without a silence at their end that is longer than the engine needs. Most notes end in one: whoever has
 * spoken has to find the button. The encoder's work is saved that it would cost, and so are the words that engines make
 * up for it.
 */
export function withoutSilentEnd(samples: Int16Array): Int16Array {
  const needed = endOfSound(samples, SILENT) + MARGIN / POSITIONS_PER_SECOND;
  return samples.subarray(0, Math.ceil(needed * SAMPLE_RATE));
}

/**
 * The `audio_ctx` for samples: as little as possible, for the encoder's work grows with it. All samples are looked at;
 * room is needed only after the last sound.
 */
export function audioContextFor(samples: Int16Array): number {
  const whole = Math.ceil((samples.length / SAMPLE_RATE) * POSITIONS_PER_SECOND);
  const sounding = Math.ceil(endOfSound(samples, SILENT) * POSITIONS_PER_SECOND) + MARGIN;
  return Math.min(FULL_CONTEXT, Math.ceil(Math.max(whole, sounding, 1) / STEP) * STEP);
}

/** The `audio_ctx` with which the engine sees samples as it was taught to: with much silence behind them. */
export function wideContextFor(samples: Int16Array): number {
  return Math.max(WIDE_CONTEXT, audioContextFor(samples));
}
