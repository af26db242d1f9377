import { audioContextFor, FULL_CONTEXT } from './audio-context';

describe('the encoder context', () => {
  it.each([
    [1, 256],
    [4.4, 256],
    [4.5, 512],
    [9.6, 512],
    [15.2, 1_024],
    [20, 1_280],
    [25, 1_500],
    [28, FULL_CONTEXT],
    [60, FULL_CONTEXT],
  ])('of %d s is %d', (seconds, context) => {
    expect(audioContextFor(Math.round(seconds * 16_000))).toBe(context);
  });
});
