import { SAMPLE_RATE } from '../pool/protocol';

/** Puts many small stretches of sound together. What it has room for once it keeps. */
export class SampleBuffer {
  private samples = new Float32Array(SAMPLE_RATE);
  private length = 0;

  add(part: Float32Array): void {
    const length = this.length + part.length;
    if (length > this.samples.length) this.grow(length);
    this.samples.set(part, this.length);
    this.length = length;
  }

  /** All that came since the last time, as a copy. */
  take(): Float32Array {
    const all = this.samples.slice(0, this.length);
    this.length = 0;
    return all;
  }

  private grow(least: number): void {
    const larger = new Float32Array(Math.max(least, this.samples.length * 2));
    larger.set(this.samples.subarray(0, this.length));
    this.samples = larger;
  }
}
