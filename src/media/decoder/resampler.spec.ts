import { joined } from '../../../test/support/sounds';
import { Resampler } from './resampler';

function tone(hertz: number, rate: number, seconds: number): Float32Array {
  return Float32Array.from({ length: Math.round(rate * seconds) }, (_, i) =>
    Math.sin((2 * Math.PI * hertz * i) / rate),
  );
}

function resample(input: Float32Array, from: number, to = 16_000, chunk = 1_000): Float32Array {
  const resampler = new Resampler(from, to);
  const out: Float32Array[] = [];
  for (let at = 0; at < input.length; at += chunk) out.push(resampler.push(input.subarray(at, at + chunk)));
  return joined(...out, resampler.flush());
}

function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
}

const RATES = [8_000, 11_025, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000];

describe('Resampler', () => {
  it.each(RATES)('from %i Hz keeps a tone where it is, in time and in strength', (rate) => {
    const out = resample(tone(1_000, rate, 1), rate);
    expect(out.length).toBe(16_000);
    const wanted = tone(1_000, 16_000, 1);
    const inner = out.subarray(1_000, 15_000).map((value, i) => value - wanted[i + 1_000]!);
    expect(20 * Math.log10(rms(inner) / rms(wanted))).toBeLessThan(-60);
  });

  it.each(RATES.filter((rate) => rate > 22_050))('from %i Hz lets nothing fold back', (rate) => {
    for (const hertz of [8_700, 10_000, rate / 2 - 500]) {
      const out = resample(tone(hertz, rate, 1), rate).subarray(1_000, 15_000);
      expect(20 * Math.log10(rms(out) / Math.SQRT1_2)).toBeLessThan(-60);
    }
  });

  it('keeps what a voice needs', () => {
    for (const hertz of [100, 300, 3_000, 6_500, 7_000]) {
      const out = resample(tone(hertz, 48_000, 1), 48_000).subarray(1_000, 15_000);
      expect(Math.abs(20 * Math.log10(rms(out) / Math.SQRT1_2))).toBeLessThan(0.5);
    }
  });

  it('does not depend on how the audio is cut up', () => {
    const input = tone(440, 44_100, 0.5);
    const whole = resample(input, 44_100, 16_000, input.length);
    const small = resample(input, 44_100, 16_000, 7);
    expect(small.length).toBe(whole.length);
    expect(Math.max(...small.map((value, i) => Math.abs(value - whole[i]!)))).toBeLessThan(1e-5);
  });

  it('goes upwards, too', () => {
    const out = resample(tone(1_000, 16_000, 0.5), 16_000, 48_000);
    expect(out.length).toBe(24_000);
    const wanted = tone(1_000, 48_000, 0.5);
    const inner = out.subarray(2_000, 22_000).map((value, i) => value - wanted[i + 2_000]!);
    expect(20 * Math.log10(rms(inner) / rms(wanted))).toBeLessThan(-60);
  });

  it('takes very short audio', () => {
    expect(resample(new Float32Array(3), 48_000).length).toBe(1);
    expect(resample(new Float32Array(0), 48_000).length).toBe(0);
  });
});
