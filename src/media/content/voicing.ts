import { HOP, SoundFrame } from './sound-frame';

/** Frames this far below the loudest are not listened to, in dB. */
const BELOW_LOUDEST = 35;
const FAINTEST_DB = -75;
const PERIODIC = 0.55;
/** Shortest voiced stretch that says anything, in frames: 80 ms. */
const LEAST_RUN = 5;
/** Frames between which movement is measured: 64 ms. */
const APART = 4;

/** What the voiced stretches of a piece are like. Shares are of voiced moments, 0 to 1. */
export interface Voicing {
  /** Seconds in which anything is to be heard. */
  active: number;
  /** Seconds of voiced stretches. */
  voiced: number;
  /** Pitch and timbre both move, as in speech they always do. */
  moving: number;
  /** The pitch does not move at all, as with instruments. */
  flat: number;
  /** The sound has several formants or many harmonics, unlike a tone or a knock. */
  rich: number;
  /** Seconds that move and are rich at once. */
  speechLike: number;
}

/** Listens to the voiced stretches among the frames. */
export function voicingOf(frames: readonly SoundFrame[]): Voicing {
  const loudest = frames.reduce((most, frame) => Math.max(most, frame.db), -Infinity);
  const gate = Math.max(loudest - BELOW_LOUDEST, FAINTEST_DB);
  const count = { moments: 0, moving: 0, flat: 0, speechLike: 0, rich: 0, voiced: 0 };
  for (const run of voicedRuns(frames, gate)) {
    count.voiced += run.length;
    count.rich += run.filter(isRich).length;
    for (let i = APART; i < run.length; i++) {
      const [before, now] = [run[i - APART]!, run[i]!];
      const glide = Math.abs(now.pitch / before.pitch - 1);
      const moves = glide > 0.006 && glide < 0.3 && timbreChange(before, now) > 2.5;
      count.moments++;
      if (glide < 0.004) count.flat++;
      if (moves) count.moving++;
      if (moves && isRich(now)) count.speechLike++;
    }
  }
  return {
    active: seconds(frames.filter((frame) => frame.db > gate).length),
    voiced: seconds(count.voiced),
    moving: count.moving / (count.moments || 1),
    flat: count.flat / (count.moments || 1),
    rich: count.rich / (count.voiced || 1),
    speechLike: seconds(count.speechLike),
  };
}

/** Stretches of periodic frames whose pitch does not jump. */
function voicedRuns(frames: readonly SoundFrame[], gate: number): SoundFrame[][] {
  const runs: SoundFrame[][] = [];
  let run: SoundFrame[] = [];
  for (const frame of frames) {
    const voiced = frame.db > gate && frame.periodicity > PERIODIC;
    const last = run.at(-1);
    if (voiced && (!last || Math.abs(frame.pitch / last.pitch - 1) < 0.15)) {
      run.push(frame);
      continue;
    }
    runs.push(run);
    run = voiced ? [frame] : [];
  }
  return [...runs, run].filter(({ length }) => length >= LEAST_RUN);
}

/** Mean difference of the bands in dB, loudness apart. */
function timbreChange(before: SoundFrame, now: SoundFrame): number {
  const shift = mean(now.bands) - mean(before.bands);
  const audible = Math.max(...before.bands, ...now.bands) - 40;
  let sum = 0;
  let count = 0;
  now.bands.forEach((value, band) => {
    const was = before.bands[band]!;
    if (Math.max(value, was) < audible) return;
    sum += Math.abs(value - was - shift);
    count++;
  });
  return sum / (count || 1);
}

function isRich({ bands }: SoundFrame): boolean {
  const audible = Math.max(...bands) - 25;
  return bands.filter((band) => band > audible).length >= 4;
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function seconds(frames: number): number {
  return (frames * HOP) / 16_000;
}
