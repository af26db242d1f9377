import { SAMPLE_RATE } from '../pool/protocol';
import { PowerSpectrum } from './power-spectrum';

/** 32 ms every 16 ms; padded, so that the autocorrelation does not wrap around. */
const FRAME = 512;
export const HOP = 256;
const SIZE = 1024;
/** Periods of 70 to 440 Hz: every voice but a soprano's. */
const SHORTEST_LAG = 36;
const LONGEST_LAG = 230;
const BANDS = 12;
/** Below 78 Hz there is mains hum and rumble, but no voice. */
const FIRST_BIN = 5;

export interface SoundFrame {
  db: number;
  /** How periodic the frame is, 0 to 1. */
  periodicity: number;
  /** Hz; 0 where nothing is periodic. */
  pitch: number;
  /** dB in mel bands from 120 to 7,000 Hz. */
  bands: number[];
}

const spectrum = new PowerSpectrum(SIZE, FRAME);
const ofWindow = spectrum.windowAutocorrelation();
const edges = melEdges();

/** The frames of a sound, each of them looked at once, when somebody first asks for it. */
export class SoundFrames {
  private readonly known: SoundFrame[] = [];

  constructor(private readonly samples: Float32Array) {}

  /** The whole frames among the first so many samples. */
  within(samples: number): readonly SoundFrame[] {
    const count = frameCount(Math.min(samples, this.samples.length));
    while (this.known.length < count) this.known.push(soundFrame(this.samples, this.known.length * HOP));
    return this.known.slice(0, count);
  }
}

/** Number of whole frames in so many samples. */
function frameCount(samples: number): number {
  return samples < FRAME ? 0 : Math.floor((samples - FRAME) / HOP) + 1;
}

/** What is to be heard in the frame that starts at sample `at`. */
function soundFrame(samples: Float32Array, at: number): SoundFrame {
  const power = spectrum.of(samples, at);
  power.fill(0, 0, FIRST_BIN);
  const correlation = spectrum.autocorrelation(power);
  const energy = correlation[0]! / SIZE;
  return {
    db: 10 * Math.log10((energy / FRAME) * (8 / 3) + 1e-12),
    ...period(correlation),
    bands: bandsOf(power),
  };
}

function period(correlation: Float64Array): { periodicity: number; pitch: number } {
  let periodicity = 0;
  let lag = 0;
  const total = correlation[0]! / ofWindow[0]!;
  if (total <= 1e-12) return { periodicity, pitch: 0 };
  for (let at = SHORTEST_LAG; at <= LONGEST_LAG; at++) {
    const value = correlation[at]!;
    if (value <= correlation[at - 1]! || value < correlation[at + 1]!) continue;
    const likeness = value / ofWindow[at]! / total;
    // a longer period must be clearly better: twice the true one is always nearly as good
    if (likeness > periodicity * 1.05) [periodicity, lag] = [likeness, at];
  }
  return { periodicity, pitch: lag === 0 ? 0 : SAMPLE_RATE / (lag + offCentre(correlation, lag)) };
}

/** Where between three points of a parabola its top is, -0.5 to 0.5. */
function offCentre(correlation: Float64Array, lag: number): number {
  const before = correlation[lag - 1]! / ofWindow[lag - 1]!;
  const at = correlation[lag]! / ofWindow[lag]!;
  const after = correlation[lag + 1]! / ofWindow[lag + 1]!;
  const bend = before - 2 * at + after;
  return bend === 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
}

function bandsOf(power: Float64Array): number[] {
  const bands: number[] = [];
  for (let band = 0; band < BANDS; band++) {
    const from = edges[band]!;
    const to = edges[band + 1]!;
    let sum = 0;
    for (let bin = from; bin < to; bin++) sum += power[bin]!;
    bands.push(10 * Math.log10(sum / (to - from) + 1e-9));
  }
  return bands;
}

function melEdges(): number[] {
  const mel = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700);
  const hertz = (value: number): number => 700 * (10 ** (value / 2595) - 1);
  return Array.from({ length: BANDS + 1 }, (_, i) =>
    Math.round((hertz(mel(120) + ((mel(7_000) - mel(120)) * i) / BANDS) / SAMPLE_RATE) * SIZE),
  );
}
