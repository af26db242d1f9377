import { SAMPLE_RATE } from '../../wav';

/** Positions that the encoder can look at: 30 s. */
export const FULL_CONTEXT = 1_500;
const POSITIONS_PER_SECOND = 50;
/** Room after the last sample; without it the last words are lost or repeated. */
const MARGIN = 32;
/** With flash attention a context that is no multiple of this also attends to what lies behind its end. */
const STEP = 256;

/**
 * The `audio_ctx` for so many samples: as little as possible, for the encoder's work grows with it, and a multiple of
 * 256, for words get lost otherwise.
 */
export function audioContextFor(samples: number): number {
  const positions = Math.ceil((samples / SAMPLE_RATE) * POSITIONS_PER_SECOND) + MARGIN;
  return Math.min(FULL_CONTEXT, Math.ceil(positions / STEP) * STEP);
}
