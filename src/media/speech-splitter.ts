import { MAX_PIECE_SECONDS, SAMPLE_RATE } from './pool/protocol';
import { LoudnessTrack } from './loudness-track';

/** 10 ms. */
const FRAME = SAMPLE_RATE / 100;
/** At this length it is looked back for the last pause. Two thirds of a window of the engine cost it a third. */
const ENOUGH = frames(9.5);
/** Shorter pieces leave the engine too little to go by. */
const LEAST = frames(4);
/** Between sentences, and between phrases. */
const PAUSES = [frames(0.25), frames(0.15)];
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
 * Cuts 16 kHz audio at silences into stretches of at most 28 s: of the first 9.5 s at their last pause, later at the
 * first pause that comes, and where there is none at the quietest moment. Long silences become stretches of their own.
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
    if (leading >= LONG_SILENCE) {
      // a click is no speech yet
      return length - leading - trailing >= MARGIN ? leading - MARGIN : undefined;
    }
    if (trailing >= LONG_SILENCE) return length - trailing + MARGIN;
    if (length < ENOUGH) return undefined;
    for (const pause of PAUSES) {
      const found = this.track.lastPause(LEAST, pause);
      if (found !== undefined) return found;
    }
    return length >= MOST ? this.track.quietest(LEAST) : undefined;
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
