import { PowerSpectrum } from './power-spectrum';

const samples = Float32Array.from(
  { length: 400 },
  (_, i) => 0.3 + Math.sin(i / 3) + ((i * 7_919) % 101) / 300,
);

/** What is looked at: without its mean, through a Hann window, and silence behind it. */
function looked(at: number, frame: number, size: number): number[] {
  const part = [...samples.subarray(at, at + frame)];
  const mean = part.reduce((sum, value) => sum + value, 0) / frame;
  const windowed = part.map((value, i) => (value - mean) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / frame)));
  return [...windowed, ...new Array<number>(size - frame).fill(0)];
}

/** By the definition: the sum of all values, each turned as far as its place says. */
function definition(values: readonly number[], bin: number): { real: number; power: number } {
  let real = 0;
  let imaginary = 0;
  values.forEach((value, i) => {
    real += value * Math.cos((2 * Math.PI * bin * i) / values.length);
    imaginary -= value * Math.sin((2 * Math.PI * bin * i) / values.length);
  });
  return { real, power: real ** 2 + imaginary ** 2 };
}

describe.each([
  [16, 16],
  [64, 50],
  [256, 128],
])('The power spectrum of %d bins and %d samples', (size, frame) => {
  it('is what the definition says', () => {
    const values = looked(40, frame, size);
    const power = new PowerSpectrum(size, frame).of(samples, 40);
    expect(power.length).toBe(size / 2 + 1);
    power.forEach((value, bin) => expect(value).toBeCloseTo(definition(values, bin).power, 8));
  });

  it('leads to the autocorrelation', () => {
    const spectrum = new PowerSpectrum(size, frame);
    const half = spectrum.of(samples, 40);
    const all = Array.from({ length: size }, (_, bin) => half[Math.min(bin, size - bin)]!);
    const correlation = spectrum.autocorrelation(half);
    for (let lag = 0; lag <= size / 2; lag++) {
      expect(correlation[lag]).toBeCloseTo(definition(all, lag).real, 6);
    }
  });

  it('remembers nothing of the frame before', () => {
    const spectrum = new PowerSpectrum(size, frame);
    const fresh = spectrum.of(samples, 7).slice();
    spectrum.autocorrelation(spectrum.of(samples, 120));
    expect(spectrum.of(samples, 7)).toEqual(fresh);
  });
});
