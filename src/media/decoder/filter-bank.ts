/** Zero crossings of the sinc on each side: with the window below, about 80 dB of stop band. */
const ZERO_CROSSINGS = 24;
/** Pass band as a share of what the lower rate can hold. */
const PASS_BAND = 0.94;
/** Of the Kaiser window. */
const BETA = 9;
/** Rates that have little in common would need a filter for nearly each sample: the nearest of so many is as good. */
const MOST_PHASES = 1_024;

/** The filters that turn one sample rate into another. */
export interface FilterBank {
  /** Input samples that a filter needs on each side. */
  reach: number;
  /** Parts into which the distance of two input samples is divided. */
  steps: number;
  /** Of those, how many lie between two output samples. */
  advance: number;
  /** A filter for each place between two input samples. */
  phases: Float32Array[];
}

const made = new Map<number, FilterBank>();

/** The filters from one rate to another; those of the usual rates are kept. */
export function filterBank(inputRate: number, outputRate: number): FilterBank {
  const key = inputRate / outputRate;
  const bank = made.get(key) ?? make(inputRate, outputRate);
  if (made.size < 8) made.set(key, bank);
  return bank;
}

function make(inputRate: number, outputRate: number): FilterBank {
  const common = greatestCommonDivisor(inputRate, outputRate);
  const steps = outputRate / common;
  const scale = Math.min(1, outputRate / inputRate) * PASS_BAND;
  const reach = Math.ceil(ZERO_CROSSINGS / scale);
  const count = Math.min(steps, MOST_PHASES);
  const phases = Array.from({ length: count }, (_, phase) =>
    Float32Array.from(
      { length: reach * 2 },
      (_tap, i) => kernel((i + 1 - reach - phase / count) * scale) * scale,
    ),
  );
  return { reach, steps, advance: inputRate / common, phases };
}

/** Windowed sinc. */
function kernel(x: number): number {
  const inside = 1 - (x / ZERO_CROSSINGS) ** 2;
  if (inside <= 0) return 0;
  const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  return (sinc * bessel(BETA * Math.sqrt(inside))) / bessel(BETA);
}

/** Modified Bessel function of the first kind, order 0. */
function bessel(x: number): number {
  let sum = 1;
  for (let k = 1, term = 1; term > sum * 1e-12; k++) sum += term *= (x / 2 / k) ** 2;
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
