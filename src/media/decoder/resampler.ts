import { SAMPLE_RATE } from '../pool/protocol';
import { FilterBank, filterBank } from './filter-bank';

/** Converts one channel from any rate to any other, chunk by chunk, by a windowed sinc. */
export class Resampler {
  private readonly bank: FilterBank;
  /** Input that later output still needs; silence stands before the first sample. */
  private kept: Float32Array;
  /** The sample in `kept` at or before the next output, and how far behind it that is, in `bank.steps`. */
  private index: number;
  private behind = 0;
  private pushed = 0;
  private produced = 0;

  constructor(
    readonly inputRate: number,
    private readonly outputRate = SAMPLE_RATE,
  ) {
    this.bank = filterBank(inputRate, outputRate);
    this.kept = new Float32Array(this.bank.reach);
    this.index = this.bank.reach;
  }

  push(samples: Float32Array): Float32Array {
    this.pushed += samples.length;
    return this.inputRate === this.outputRate ? samples : this.resample(samples);
  }

  /** What was held back, so that as much time comes out as went in. */
  flush(): Float32Array {
    if (this.inputRate === this.outputRate) return new Float32Array(0);
    const missing = Math.round((this.pushed * this.outputRate) / this.inputRate) - this.produced;
    return this.resample(new Float32Array(this.bank.reach * 2)).subarray(0, Math.max(0, missing));
  }

  private resample(samples: Float32Array): Float32Array {
    const { reach, steps, advance, phases } = this.bank;
    const input = new Float32Array(this.kept.length + samples.length);
    input.set(this.kept);
    input.set(samples, this.kept.length);
    const end = input.length - reach;
    const most = Math.max(0, Math.ceil(((end - this.index) * steps) / advance) + 1);
    const out = new Float32Array(most);
    let count = 0;
    for (; this.index < end; count++) {
      const taps = phases[Math.floor((this.behind * phases.length) / steps)]!;
      out[count] = convolve(input, this.index - reach + 1, taps);
      this.behind += advance;
      this.index += Math.floor(this.behind / steps);
      this.behind %= steps;
    }
    const from = Math.max(0, Math.min(this.index - reach, input.length));
    this.kept = input.slice(from);
    this.index -= from;
    this.produced += count;
    return out.subarray(0, count);
  }
}

function convolve(input: Float32Array, from: number, taps: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < taps.length; i++) sum += input[from + i]! * taps[i]!;
  return sum;
}
