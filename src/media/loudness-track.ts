import { RankedNumbers } from './ranked-numbers';

/** No room is quieter; what is below is digital silence. In dB below full scale. */
const FLOOR_DB = -75;
/** Speech stands out from what is around it by at least this. */
const LEAST_CONTRAST_DB = 8;
/** What is this far below speech is a pause, whatever it is. */
const FAR_BELOW_DB = 30;
/** How fast the loudness of earlier speech is forgotten, each time it is asked for. */
const FORGET_DB = 0.04;
/** Clicks shorter than this do not end a pause. In frames. */
const CLICK = 3;
const QUIET_FRAMES = 10;

/** Silence at both ends of the audio at hand, in frames. */
export interface Pauses {
  leading: number;
  trailing: number;
}

/** The loudness of the audio at hand in frames of 10 ms, and where in it nobody speaks. */
export class LoudnessTrack {
  private readonly db: number[] = [];
  private readonly ranked = new RankedNumbers();
  private speech = -Infinity;

  get length(): number {
    return this.db.length;
  }

  add(frame: Float32Array): void {
    let sum = 0;
    for (let i = 0; i < frame.length; i++) sum += frame[i]! * frame[i]!;
    const db = Math.max(FLOOR_DB, 10 * Math.log10(sum / frame.length + 1e-12));
    // a decoder may give out what is no number, too
    const known = Number.isNaN(db) ? FLOOR_DB : db;
    this.db.push(known);
    this.ranked.add(known);
  }

  forget(count: number): void {
    for (const db of this.db.splice(0, count)) this.ranked.remove(db);
  }

  pauses(): Pauses {
    const quiet = this.threshold();
    return { leading: this.quietRun(quiet, 0, 1), trailing: this.quietRun(quiet, this.length - 1, -1) };
  }

  /** The middle of the last silence of at least so many frames that lies behind `from` and before `until`. */
  lastPause(from: number, until: number, least: number): number | undefined {
    const quiet = this.threshold();
    for (let i = Math.min(until, this.length) - 1, run = 0; i >= from; i--) {
      const silent = this.db[i]! < quiet;
      if (silent) run++;
      if (run >= least && (!silent || i === from)) return i + (silent ? 0 : 1) + (run >> 1);
      if (!silent) run = 0;
    }
    return undefined;
  }

  /** The middle of the quietest 100 ms from `from` on; the later of two alike. */
  quietest(from: number): number {
    let best = from;
    let least = Infinity;
    for (let i = from; i + QUIET_FRAMES <= this.length; i++) {
      const sum = this.db.slice(i, i + QUIET_FRAMES).reduce((a, b) => a + b, 0);
      if (sum <= least) [least, best] = [sum, i + QUIET_FRAMES / 2];
    }
    return best;
  }

  private quietRun(quiet: number, from: number, step: 1 | -1): number {
    for (let run = 0, loud = 0; run < this.length; run++) {
      loud = this.db[from + run * step]! < quiet ? 0 : loud + 1;
      if (loud === CLICK) return run + 1 - CLICK;
    }
    return this.length;
  }

  /** Below this is silence: nearer to the background than to speech, as loud as both are at the moment. */
  private threshold(): number {
    const background = this.ranked.at(0.01) ?? FLOOR_DB;
    const loudest = this.ranked.at(0.95) ?? FLOOR_DB;
    this.speech = Math.max(loudest, this.speech - FORGET_DB);
    if (this.speech - background < LEAST_CONTRAST_DB) return FLOOR_DB;
    return Math.max(background + 0.35 * (this.speech - background), this.speech - FAR_BELOW_DB);
  }
}
