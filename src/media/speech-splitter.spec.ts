import { joined, RATE, silence, whiteNoise } from '../../test/support/sounds';
import { SpeechSplitter, Stretch } from './speech-splitter';

/** Sound that is no silence: what it is does not matter to the splitter. */
function talk(seconds: number): Float32Array {
  return whiteNoise(seconds, 0.1, Math.round(seconds * 1_000));
}

function split(audio: Float32Array, chunk = 4_000): Stretch[] {
  const splitter = new SpeechSplitter();
  const stretches: Stretch[] = [];
  for (let at = 0; at < audio.length; at += chunk)
    stretches.push(...splitter.push(audio.subarray(at, at + chunk)));
  stretches.push(...splitter.end());
  return stretches;
}

function lengths(stretches: readonly Stretch[]): number[] {
  return stretches.map(({ samples }) => samples.length / RATE);
}

/** Sentences of so many seconds with pauses of so many between them. */
function sentences(count: number, seconds: number, pause: number): Float32Array {
  return joined(...Array.from({ length: count }, () => [talk(seconds), silence(pause)]).flat());
}

describe('SpeechSplitter', () => {
  it('loses nothing, whatever the size of the chunks', () => {
    const audio = joined(sentences(14, 2.3, 0.4), talk(40), silence(7), talk(1.2345));
    const bytes = Buffer.from(audio.buffer);
    for (const chunk of [160, 1_600, 4_567, 100_000]) {
      const stretches = split(audio, chunk);
      expect(Buffer.from(joined(...stretches.map(({ samples }) => samples)).buffer).equals(bytes)).toBe(true);
      let end = 0;
      for (const { start, samples } of stretches) {
        expect(start).toBeCloseTo(end, 9);
        end += samples.length / RATE;
      }
      expect(stretches.map(({ last }) => last).lastIndexOf(true)).toBe(stretches.length - 1);
    }
  });

  it('cuts the same wherever the chunks end', () => {
    const audio = joined(sentences(20, 2.1, 0.35), talk(30));
    expect(lengths(split(audio, 321))).toEqual(lengths(split(audio, 50_000)));
  });

  it('leaves a short note whole', () => {
    expect(lengths(split(sentences(3, 2.5, 0.5)))).toEqual([9]);
  });

  it('leaves one whole that ends soon after it would be cut', () => {
    expect(lengths(split(sentences(4, 2, 0.5)))).toEqual([10]);
  });

  it('cuts between sentences, in the middle of the pause', () => {
    const stretches = split(sentences(12, 2.6, 0.4));
    expect(stretches.length).toBe(4);
    for (const { samples } of stretches.slice(0, -1)) {
      expect(samples.length / RATE).toBeCloseTo(9, 0);
      expect(samples.subarray(-1_600).every((value) => value === 0)).toBe(true);
    }
  });

  it('waits for a pause when there is none in time, and takes a shorter one', () => {
    const [first] = lengths(split(joined(talk(14), silence(0.2), talk(8))));
    expect(first).toBeGreaterThan(14);
    expect(first).toBeLessThan(14.2);
  });

  it('takes no breath between words for a pause', () => {
    const [first] = lengths(
      split(joined(...Array.from({ length: 60 }, () => [talk(0.3), silence(0.08)]).flat())),
    );
    expect(first).toBeGreaterThan(20);
  });

  it('never makes a piece longer than 28 s, and cuts where it is quietest', () => {
    const murmur = whiteNoise(0.12, 0.03);
    const stretches = split(joined(talk(18), murmur, talk(30)));
    for (const length of lengths(stretches)) expect(length).toBeLessThanOrEqual(28);
    expect(lengths(stretches)[0]).toBeCloseTo(18.06, 1);
  });

  it('keeps a long silence apart, with a breath left on both sides', () => {
    const stretches = split(joined(talk(4), silence(10), talk(4)));
    expect(lengths(stretches).map((length) => Math.round(length * 10) / 10)).toEqual([4.3, 9.4, 4.3]);
  });

  it('finds pauses in a noisy room', () => {
    const room = whiteNoise(40, 0.02, 3);
    const audio = sentences(13, 2.6, 0.4).map((value, i) => value + room[i]!);
    const stretches = split(audio);
    expect(stretches.length).toBeGreaterThanOrEqual(4);
    for (const { samples } of stretches.slice(0, -1)) {
      const edge = samples.subarray(-1_000);
      expect(Math.sqrt(edge.reduce((sum, value) => sum + value * value, 0) / edge.length)).toBeLessThan(0.04);
    }
  });

  it('cuts silence without end, too', () => {
    const stretches = split(silence(100));
    for (const length of lengths(stretches)) expect(length).toBeLessThanOrEqual(28);
    expect(lengths(stretches).reduce((a, b) => a + b)).toBeCloseTo(100, 5);
  });

  it('does not wait for ever for what follows a short sound in a long silence', () => {
    const hiss = (seconds: number, seed: number) => whiteNoise(seconds, 0.000_3, seed);
    const stretches = split(joined(hiss(4, 1), talk(0.28), hiss(90, 2)));
    for (const length of lengths(stretches)) expect(length).toBeLessThanOrEqual(28);
    expect(lengths(stretches).reduce((a, b) => a + b)).toBeCloseTo(94.28, 5);
  });

  it('shows what is being said, without the silence before it', () => {
    const splitter = new SpeechSplitter({ enough: 8, patience: 8, most: 15, longSilence: 0.7 });
    expect([...splitter.push(silence(2))]).toEqual([]);
    expect([...splitter.push(talk(1))].map(({ samples }) => samples.length / RATE)).toEqual([1.7]);
    expect(splitter.open()?.start).toBeCloseTo(1.7, 5);
    const [said] = splitter.push(silence(1));
    expect(said?.start).toBeCloseTo(1.7, 5);
    expect(said?.samples.length).toBeCloseTo(1.6 * RATE, -3);
    expect(splitter.open()).toBeUndefined();
  });

  it('gives nothing for nothing', () => {
    expect(split(silence(0))).toEqual([]);
  });
});
