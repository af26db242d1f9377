import { SAMPLE_RATE } from '../pool/protocol';

/** Zero crossings of the sinc on each side: about 80 dB of stop band with the window below. */
const ZERO_CROSSINGS = 24;
/** Table entries for each zero crossing; values between them are interpolated. */
const PRECISION = 256;
/** Pass band as a share of what the lower rate can hold. */
const PASS_BAND = 0.94;

/** Kaiser-windowed sinc, from its centre outwards. */
const KERNEL = makeKernel();

/** Converts one channel from any rate to any other, chunk by chunk, by a windowed sinc. */
export class Resampler {
  private readonly step: number;
  private readonly scale: number;
  private readonly reach: number;
  /** Input that later output still needs; `KERNEL`'s reach of silence stands before the first sample. */
  private kept: Float32Array;
  /** Place of the next output sample in `kept`. */
  private position: number;
  private pushed = 0;
  private produced = 0;

  constructor(
    readonly inputRate: number,
    private readonly outputRate = SAMPLE_RATE,
  ) {
    this.step = inputRate / outputRate;
    this.scale = Math.min(1, 1 / this.step) * PASS_BAND;
    this.reach = Math.ceil(ZERO_CROSSINGS / this.scale);
    this.kept = new Float32Array(this.reach);
    this.position = this.reach;
  }

  push(samples: Float32Array): Float32Array {
    this.pushed += samples.length;
    return this.inputRate === this.outputRate ? samples : this.resample(samples);
  }

  /** What was held back, so that as much time comes out as went in. */
  flush(): Float32Array {
    if (this.inputRate === this.outputRate) return new Float32Array(0);
    const missing = Math.round(this.pushed / this.step) - this.produced;
    return this.resample(new Float32Array(this.reach * 2)).subarray(0, Math.max(0, missing));
  }

  private resample(samples: Float32Array): Float32Array {
    const input = new Float32Array(this.kept.length + samples.length);
    input.set(this.kept);
    input.set(samples, this.kept.length);
    const last = input.length - this.reach - 1;
    const out = new Float32Array(Math.max(0, Math.floor((last - this.position) / this.step) + 1));
    for (let i = 0; i < out.length; i++) out[i] = this.at(input, this.position + i * this.step);
    const next = this.position + out.length * this.step;
    const from = Math.max(0, Math.floor(next) - this.reach);
    this.kept = input.slice(from);
    this.position = next - from;
    this.produced += out.length;
    return out;
  }

  private at(input: Float32Array, centre: number): number {
    const first = Math.max(0, Math.ceil(centre - this.reach));
    const stop = Math.min(input.length - 1, Math.floor(centre + this.reach));
    let sum = 0;
    for (let i = first; i <= stop; i++) {
      const place = Math.abs(i - centre) * this.scale * PRECISION;
      const index = Math.floor(place);
      if (index + 1 >= KERNEL.length) continue;
      const low = KERNEL[index]!;
      sum += input[i]! * (low + (KERNEL[index + 1]! - low) * (place - index));
    }
    return sum * this.scale;
  }
}

function makeKernel(): Float32Array {
  const beta = 9;
  const size = ZERO_CROSSINGS * PRECISION;
  return Float32Array.from({ length: size + 1 }, (_, i) => {
    const x = i / PRECISION;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    return (sinc * bessel(beta * Math.sqrt(1 - (i / size) ** 2))) / bessel(beta);
  });
}

/** Modified Bessel function of the first kind, order 0. */
function bessel(x: number): number {
  let sum = 1;
  for (let k = 1, term = 1; term > sum * 1e-12; k++) sum += term *= (x / 2 / k) ** 2;
  return sum;
}
