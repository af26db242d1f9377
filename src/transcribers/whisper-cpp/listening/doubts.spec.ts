import { endsEarly } from './doubts';

const tone = (seconds: number) =>
  new Int16Array(seconds * 16_000).map((_, at) => 9_000 * Math.sin((at * 2 * Math.PI * 300) / 16_000));

describe('an early end', () => {
  const withTail = (tail: Int16Array) => {
    const samples = new Int16Array(10 * 16_000);
    samples.set(tone(5));
    samples.set(tail, 6 * 16_000);
    return samples;
  };

  it('is one where speech goes on after it', () => expect(endsEarly(withTail(tone(3)), 5)).toBe(true));
  it('is none where only silence follows', () => expect(endsEarly(withTail(tone(0)), 5)).toBe(false));
  it('is none where what follows is short', () => expect(endsEarly(withTail(tone(0.5)), 5)).toBe(false));
  it('is none where what follows is faint', () => {
    const faint = tone(3).map((value) => value / 10);
    expect(endsEarly(withTail(faint), 5)).toBe(false);
  });
  it('is none at the end', () => expect(endsEarly(withTail(tone(4)), 9)).toBe(false));
  it('is none in silence', () => expect(endsEarly(new Int16Array(160_000), 0)).toBe(false));
});
