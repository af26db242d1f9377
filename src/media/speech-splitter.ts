import { MAX_PIECE_SECONDS, SAMPLE_RATE } from './pool/protocol';
import { LoudnessTrack } from './loudness-track';

/** 10 ms. */
const FRAME = SAMPLE_RATE / 100;
/** From here on a piece ends at the next pause. */
const ENOUGH = frames(8);
/** What counts as a pause: at first between sentences, later between phrases. */
const PAUSE = frames(0.3);
const SHORT_PAUSE = frames(0.15);
const IMPATIENT = frames(16);
const MOST = frames(MAX_PIECE_SECONDS);
/** So long a silence is a piece of its own: nobody has to listen to it. */
const LONG_SILENCE = frames(3);
/** Kept of a silence beside speech, so that no word loses its breath. */
const MARGIN = frames(0.3);
/** How often it is looked whether to cut. */
const GLANCE = 10;

/** A stretch of the audio. */
export interface Stretch {
  /** Seconds from the start of the whole audio. */
  start: number;
  samples: Float32Array;
  last: boolean;
}

/**
 * Cuts 16 kHz audio at silences into stretches of at most 28 s: at the first pause between sentences once there are
 * 8 s, at ever shorter pauses the longer it gets, and without any at the quietest moment. Long silences are cut off.
 * It holds one stretch and no more, however long the audio.
 */
export class SpeechSplitter {
  private samples = new Float32Array((MOST + GLANCE) * FRAME * 2);
  private filled = 0;
  private measured = 0;
  private cutAway = 0;
  private readonly track = new LoudnessTrack();

  /** Takes audio in and gives the stretches that are complete by it. */
  *push(audio: Float32Array): Generator<Stretch, void, void> {
    for (let at = 0; at < audio.length;) {
      const part = audio.subarray(at, at + FRAME * GLANCE - (this.filled % (FRAME * GLANCE)));
      this.samples.set(part, this.filled);
      this.filled += part.length;
      at += part.length;
      if (this.filled % (FRAME * GLANCE) === 0) yield* this.glance();
    }
  }

  /** The rest. */
  *end(): Generator<Stretch, void, void> {
    if (this.filled > 0) yield this.take(this.filled, true);
  }

  private *glance(): Generator<Stretch, void, void> {
    while (this.measured + FRAME <= this.filled) {
      this.track.add(this.samples.subarray(this.measured, this.measured + FRAME));
      this.measured += FRAME;
    }
    const cut = this.whereToCut();
    if (cut !== undefined) yield this.take(cut * FRAME, false);
  }

  /** The frame before which to cut now, if it is time. */
  private whereToCut(): number | undefined {
    const { length } = this.track;
    if (length < LONG_SILENCE) return undefined;
    const { leading, trailing } = this.track.pauses();
    if (trailing === length) return length >= MOST ? length : undefined;
    if (leading >= LONG_SILENCE && length - leading - trailing >= MARGIN) return leading - MARGIN;
    if (trailing >= LONG_SILENCE) return length - trailing + MARGIN;
    const pause = length < IMPATIENT ? PAUSE : SHORT_PAUSE;
    if (length >= ENOUGH && trailing >= pause) return length - (trailing >> 1);
    return length >= MOST ? this.track.quietest(ENOUGH) : undefined;
  }

  private take(count: number, last: boolean): Stretch {
    const stretch = { start: this.cutAway / SAMPLE_RATE, samples: this.samples.slice(0, count), last };
    this.samples.copyWithin(0, count, this.filled);
    this.filled -= count;
    this.measured -= count;
    this.cutAway += count;
    this.track.forget(count / FRAME);
    return stretch;
  }
}

function frames(seconds: number): number {
  return Math.round(seconds * 100);
}
