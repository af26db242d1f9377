import { RealFourier } from './fourier';

/** Power spectra of real frames of a fixed length, through a Hann window. What it returns holds until it is asked again. */
export class PowerSpectrum {
  private readonly fourier: RealFourier;
  private readonly window: Float64Array;
  private readonly values: Float64Array;
  private readonly power: Float64Array;
  private readonly correlation: Float64Array;

  /** @param size a power of two, at least as large as `frame`, the number of samples that are looked at */
  constructor(
    readonly size: number,
    readonly frame: number,
  ) {
    this.fourier = new RealFourier(size);
    this.window = Float64Array.from(
      { length: frame },
      (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / frame),
    );
    this.values = new Float64Array(size);
    this.power = new Float64Array(size / 2 + 1);
    this.correlation = new Float64Array(size / 2 + 1);
  }

  /** Power of the bins from 0 to half the rate, of the frame that starts at `at`, without its mean. */
  of(samples: Float32Array, at: number): Float64Array {
    const { values, window, frame, power } = this;
    let mean = 0;
    for (let i = 0; i < frame; i++) mean += samples[at + i]! / frame;
    for (let i = 0; i < frame; i++) values[i] = (samples[at + i]! - mean) * window[i]!;
    values.fill(0, frame);
    this.fourier.powerOf(values, power);
    return power;
  }

  /** The autocorrelation that belongs to a power spectrum, at distances up to half the size. */
  autocorrelation(power: Float64Array): Float64Array {
    const { values, size, correlation } = this;
    values.set(power);
    for (let bin = 1; bin < size / 2; bin++) values[size - bin] = power[bin]!;
    this.fourier.realPartOf(values, correlation);
    return correlation;
  }

  /** The autocorrelation of the window itself, by which that of a frame has to be divided. */
  windowAutocorrelation(): Float64Array {
    this.values.fill(0).set(this.window);
    this.fourier.powerOf(this.values, this.power);
    return this.autocorrelation(this.power).slice();
  }
}
