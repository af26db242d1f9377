import { audioContextFor, wideContextFor, withoutSilentEnd } from './audio-context';

const sound = (seconds: number, silence = 0) =>
  new Int16Array(Math.round((seconds + silence) * 16_000)).map((_, at) =>
    at < seconds * 16_000 ? 9_000 * Math.sin((at * 2 * Math.PI * 300) / 16_000) : 0,
  );

describe('the encoder context', () => {
  it.each([
    [1, 128],
    [2, 176],
    [5, 320],
    [20, 1_072],
    [28, 1_472],
    [29, 1_500],
    [60, 1_500],
  ])('of %d s that sound to their end is %d', (seconds, context) => {
    expect(audioContextFor(sound(seconds))).toBe(context);
  });

  it.each([
    [4.4, 0.5, 288],
    [4.4, 1.2, 288],
    [4.4, 2, 320],
  ])('of %d s of sound and %d s of silence is %d', (seconds, silence, context) => {
    expect(audioContextFor(sound(seconds, silence))).toBe(context);
  });

  it.each([
    [3, 1_280],
    [24, 1_280],
    [27, 1_424],
  ])('of %d s is %d where the engine is to take its time', (seconds, context) => {
    expect(wideContextFor(sound(seconds))).toBe(context);
  });

  it('is room enough where nothing sounds', () => {
    expect(audioContextFor(new Int16Array(16_000))).toBe(64);
    expect(audioContextFor(new Int16Array(0))).toBe(64);
  });
});

describe('the silence at the end', () => {
  it.each([
    [3, 0.2, 3.2],
    [3, 2, 4.28],
    [3, 0, 3],
  ])('after %d s of sound is cut where it is long: %d s', (seconds, silence, left) => {
    expect(withoutSilentEnd(sound(seconds, silence)).length / 16_000).toBeCloseTo(left, 1);
  });

  it('is none where somebody goes on in a low voice', () => {
    const samples = sound(4);
    for (let at = 32_000; at < samples.length; at++) samples[at]! /= 20;
    expect(withoutSilentEnd(samples)).toHaveLength(samples.length);
  });
});
