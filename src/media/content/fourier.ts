/** Power spectra of real frames of a fixed length, by the radix-2 FFT. */
export class PowerSpectrum {
  private readonly window: Float64Array;
  private readonly cosines: Float64Array;
  private readonly sines: Float64Array;
  private readonly re: Float64Array;
  private readonly im: Float64Array;
  /** Where each value goes before the butterflies. */
  private readonly reversed: Uint16Array;

  /** @param size a power of two, at least as large as `frame`, the number of samples that are looked at */
  constructor(
    readonly size: number,
    readonly frame: number,
  ) {
    this.window = Float64Array.from(
      { length: frame },
      (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / frame),
    );
    this.cosines = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size));
    this.sines = Float64Array.from({ length: size / 2 }, (_, i) => -Math.sin((2 * Math.PI * i) / size));
    this.re = new Float64Array(size);
    this.im = new Float64Array(size);
    const bits = Math.log2(size);
    this.reversed = Uint16Array.from({ length: size }, (_, i) => {
      let turned = 0;
      for (let bit = 0; bit < bits; bit++) turned |= ((i >> bit) & 1) << (bits - 1 - bit);
      return turned;
    });
  }

  /** Power of every bin of the frame that starts at `at`, without its mean. */
  of(samples: Float32Array, at: number): Float64Array {
    let mean = 0;
    for (let i = 0; i < this.frame; i++) mean += samples[at + i]! / this.frame;
    this.re.fill(0);
    this.im.fill(0);
    for (let i = 0; i < this.frame; i++) this.re[i] = (samples[at + i]! - mean) * this.window[i]!;
    return this.transformed();
  }

  /** The autocorrelation that belongs to a power spectrum. */
  autocorrelation(power: Float64Array): Float64Array {
    this.re.set(power);
    this.im.fill(0);
    this.transform();
    return this.re.slice(0, this.size / 2);
  }

  /** The autocorrelation of the window itself, by which that of a frame has to be divided. */
  windowAutocorrelation(): Float64Array {
    this.re.fill(0);
    this.im.fill(0);
    this.re.set(this.window);
    return this.autocorrelation(this.transformed());
  }

  private transformed(): Float64Array {
    this.transform();
    const power = new Float64Array(this.size);
    for (let i = 0; i < power.length; i++) power[i] = this.re[i]! ** 2 + this.im[i]! ** 2;
    return power;
  }

  /** In place; what goes in has no imaginary part. */
  private transform(): void {
    const { re, reversed, size } = this;
    for (let i = 0; i < size; i++) {
      const j = reversed[i]!;
      if (i >= j) continue;
      const value = re[i]!;
      re[i] = re[j]!;
      re[j] = value;
    }
    for (let length = 2; length <= size; length <<= 1) this.butterflies(length >> 1, size / length);
  }

  private butterflies(half: number, stride: number): void {
    const { re, im, cosines, sines, size } = this;
    for (let k = 0; k < half; k++) {
      const cos = cosines[k * stride]!;
      const sin = sines[k * stride]!;
      for (let i = k; i < size; i += half * 2) {
        const j = i + half;
        const real = re[j]! * cos - im[j]! * sin;
        const imaginary = re[j]! * sin + im[j]! * cos;
        re[j] = re[i]! - real;
        im[j] = im[i]! - imaginary;
        re[i] = re[i]! + real;
        im[i] = im[i]! + imaginary;
      }
    }
  }
}
