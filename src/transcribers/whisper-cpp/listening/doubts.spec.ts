import { endsEarly, isHurried, likelihood } from './doubts';

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

describe('hurry', () => {
  const samples = new Int16Array(6 * 16_000);
  samples.set(tone(4));
  const text = 'Please call Maria on Friday.';

  it('is none at the pace of speech', () => {
    expect(isHurried(samples, [{ text, start: 1, end: 3 }])).toBe(false);
    expect(isHurried(samples, [])).toBe(false);
  });
  it('is where a sentence has half a second', () => {
    expect(isHurried(samples, [{ text, start: 1, end: 1.5 }])).toBe(true);
  });
  it('is where something is said of silence, however long that lasts', () => {
    expect(isHurried(samples, [{ text, start: 3.9, end: 6 }])).toBe(true);
  });
});

describe('likelihood', () => {
  const segment = (...probabilities: number[]) => ({
    ...{ text: '', start: 0, end: 1, confidence: 0.5 },
    words: probabilities.map((confidence) => ({ text: '', start: 0, end: 1, confidence })),
  });

  it('is that of the least likely segment, in which one unlikely word weighs more than many likely ones', () => {
    expect(likelihood([segment(0.9, 0.9), segment(1, 1, 1, 0.01)])).toBeCloseTo(0.316, 3);
  });
  it('is what is known of segments without words, and certainty of nothing', () => {
    expect(likelihood([{ text: 'Yes', start: 0, end: 1, confidence: 0.5 }])).toBe(0.5);
    expect(likelihood([])).toBe(1);
  });
});
