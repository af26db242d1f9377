/** The fast Fourier transform (radix 2) of so many real values, as that of half as many complex ones. */
export class RealFourier {
  private readonly half: number;
  private readonly re: Float64Array;
  private readonly im: Float64Array;
  /** Where each complex value goes before the butterflies. */
  private readonly reversed: Uint16Array;
  /** Of the butterflies, one stage after the other: that of `n` values begins at `n`. */
  private readonly cosines: Float64Array;
  private readonly sines: Float64Array;

  /** @param size a power of two, at least 16 */
  constructor(readonly size: number) {
    const half = (this.half = size / 2);
    this.re = new Float64Array(half);
    this.im = new Float64Array(half);
    this.cosines = new Float64Array(size);
    this.sines = new Float64Array(size);
    for (let n = 1; n <= half; n *= 2) {
      for (let k = 0; k < n; k++) {
        this.cosines[n + k] = Math.cos((Math.PI * k) / n);
        this.sines[n + k] = Math.sin((Math.PI * k) / n);
      }
    }
    const bits = Math.log2(half);
    this.reversed = Uint16Array.from({ length: half }, (_, i) => {
      let turned = 0;
      for (let bit = 0; bit < bits; bit++) turned |= ((i >> bit) & 1) << (bits - 1 - bit);
      return turned;
    });
  }

  /** Writes the squares of the first `size / 2 + 1` values' lengths to `power`. `values`: as many as `size`. */
  powerOf(values: Float64Array, power: Float64Array): void {
    this.transform(values);
    const { re, im, half, cosines, sines } = this;
    for (let k = 0; k <= half / 2; k++) {
      const other = (half - k) & (half - 1);
      const evenRe = (re[k]! + re[other]!) / 2;
      const evenIm = (im[k]! - im[other]!) / 2;
      const oddRe = (im[k]! + im[other]!) / 2;
      const oddIm = (re[other]! - re[k]!) / 2;
      const turnedRe = cosines[half + k]! * oddRe + sines[half + k]! * oddIm;
      const turnedIm = cosines[half + k]! * oddIm - sines[half + k]! * oddRe;
      power[k] = (evenRe + turnedRe) ** 2 + (evenIm + turnedIm) ** 2;
      power[half - k] = (evenRe - turnedRe) ** 2 + (evenIm - turnedIm) ** 2;
    }
  }

  /** Writes the real parts of the first `size / 2 + 1` values to `out`. */
  realPartOf(values: Float64Array, out: Float64Array): void {
    this.transform(values);
    const { re, im, half, cosines, sines } = this;
    for (let k = 0; k <= half / 2; k++) {
      const other = (half - k) & (half - 1);
      const even = (re[k]! + re[other]!) / 2;
      const turned =
        (cosines[half + k]! * (im[k]! + im[other]!) + sines[half + k]! * (re[other]! - re[k]!)) / 2;
      out[k] = even + turned;
      out[half - k] = even - turned;
    }
  }

  private transform(values: Float64Array): void {
    const { re, im, half, reversed } = this;
    for (let i = 0; i < half; i++) {
      const to = reversed[i]!;
      re[to] = values[2 * i]!;
      im[to] = values[2 * i + 1]!;
    }
    this.firstButterflies();
    for (let n = 4; n < half; n *= 2) this.butterflies(n);
  }

  /** Those of one and two values, which turn nothing but by right angles. */
  private firstButterflies(): void {
    const { re, im, half } = this;
    for (let i = 0; i < half; i += 4) {
      const a = i;
      const b = i + 1;
      const c = i + 2;
      const d = i + 3;
      const sumRe = re[a]! + re[b]!;
      const sumIm = im[a]! + im[b]!;
      const lessRe = re[a]! - re[b]!;
      const lessIm = im[a]! - im[b]!;
      const otherSumRe = re[c]! + re[d]!;
      const otherSumIm = im[c]! + im[d]!;
      const otherLessRe = re[c]! - re[d]!;
      const otherLessIm = im[c]! - im[d]!;
      re[a] = sumRe + otherSumRe;
      im[a] = sumIm + otherSumIm;
      re[c] = sumRe - otherSumRe;
      im[c] = sumIm - otherSumIm;
      re[b] = lessRe + otherLessIm;
      im[b] = lessIm - otherLessRe;
      re[d] = lessRe - otherLessIm;
      im[d] = lessIm + otherLessRe;
    }
  }

  private butterflies(n: number): void {
    const { re, im, half, cosines, sines } = this;
    for (let from = 0; from < half; from += 2 * n) {
      for (let k = 0; k < n; k++) {
        const i = from + k;
        const j = i + n;
        const cos = cosines[n + k]!;
        const sin = sines[n + k]!;
        const real = re[j]! * cos + im[j]! * sin;
        const imaginary = im[j]! * cos - re[j]! * sin;
        re[j] = re[i]! - real;
        im[j] = im[i]! - imaginary;
        re[i] = re[i]! + real;
        im[i] = im[i]! + imaginary;
      }
    }
  }
}
