import { MAX_PIECE_SECONDS, SAMPLE_RATE } from './pool/protocol';
import { LoudnessTrack } from './loudness-track';

/** 10 ms. */
const FRAME = SAMPLE_RATE / 100;
/** Shorter pieces leave the engine too little to go by. */
const LEAST = frames(4);
/** Between sentences, and between phrases. */
const PAUSES = [frames(0.25), frames(0.15)];
/** Kept of a silence beside speech, so that no word loses its breath. */
const MARGIN = frames(0.3);
/** How often it is looked whether to cut. */
const GLANCE = 10;

/** When to cut, in seconds. */
export interface Rhythm {
  /** The last pause before this is where to cut. */
  enough: number;
  /** What ends before this is not cut at all. */
  patience: number;
  /** No stretch is longer. */
  most: number;
  /** So long a silence is a stretch of its own. */
  longSilence: number;
}

/**
 * For what is read when it is all there. Two thirds of a window of the engine cost it a third; nobody has to listen to
 * a long silence. A sentence cut off the end of a note of 10 s would cost it more work, for each piece has room behind it,
 * and words, too.
 */
const RECORDING: Rhythm = { enough: 9.5, patience: 10.2, most: MAX_PIECE_SECONDS, longSilence: 3 };

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
 * It holds one stretch and no more, however long the audio. The seconds are those of its rhythm.
 */
export class SpeechSplitter {
  private readonly enough: number;
  private readonly patience: number;
  private readonly most: number;
  private readonly longSilence: number;
  private readonly samples: Float32Array;
  private filled = 0;
  private measured = 0;
  private cutAway = 0;
  private readonly track = new LoudnessTrack();

  constructor({ enough, patience, most, longSilence }: Rhythm = RECORDING) {
    [this.enough, this.patience] = [frames(enough), frames(patience)];
    [this.most, this.longSilence] = [frames(most), frames(longSilence)];
    this.samples = new Float32Array((this.most + GLANCE) * FRAME);
  }

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

  /** What has not been cut off yet, without the silence before it. Undefined where there is nothing but silence. */
  open(): Omit<Stretch, 'last'> | undefined {
    if (this.track.length === 0) return undefined;
    const { leading } = this.track.pauses();
    if (leading === this.track.length) return undefined;
    const from = Math.max(0, leading - MARGIN) * FRAME;
    return {
      start: (this.cutAway + from) / SAMPLE_RATE,
      samples: this.samples.slice(from, this.filled),
    };
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
    const { enough, patience, most, longSilence } = this;
    const { length } = this.track;
    if (length < longSilence) return undefined;
    const { leading, trailing } = this.track.pauses();
    if (trailing === length) return length >= most ? length : undefined;
    if (leading >= longSilence) {
      // a click is no speech yet, but no room is kept for it without end
      return length - leading - trailing >= MARGIN || length >= most ? leading - MARGIN : undefined;
    }
    if (trailing >= longSilence) return length - trailing + MARGIN;
    if (length < patience) return undefined;
    for (const until of [enough, length]) {
      for (const pause of PAUSES) {
        const found = this.track.lastPause(LEAST, until, pause);
        if (found !== undefined) return found;
      }
    }
    return length >= most ? this.track.quietest(LEAST) : undefined;
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
