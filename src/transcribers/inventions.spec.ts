import { AudioPiece } from '../core/media';
import { DOUBTFUL, Segment } from '../core/transcript';
import { withoutInventions } from './inventions';
import { SAMPLE_RATE } from './wav';

/** Ten seconds in which something sounds from second 2 to 4, a hundredth as loud from 7 to 8. */
const samples = new Int16Array(10 * SAMPLE_RATE).map((_, at) => {
  const second = at / SAMPLE_RATE;
  const loud = second >= 2 && second < 4 ? 9_000 : second >= 7 && second < 8 ? 90 : 4;
  return loud * Math.sin(second * 2 * Math.PI * 200);
});
const piece: AudioPiece = { index: 0, start: 60, samples, content: 'speech', progress: 1 };
const said = (start: number, end: number, text: string, confidence = 0.9): Segment => ({
  start: 60 + start,
  end: 60 + end,
  text,
  confidence,
  words: [{ start: 60 + start, end: 60 + end, text, confidence }],
});
const heard = (...segments: Segment[]): string[] =>
  withoutInventions(segments, piece).map(({ text }) => text);

describe('what the engine makes up', () => {
  it('is gone where nothing sounds, or doubted where the engine is sure of it', () => {
    expect(heard(said(2, 4, 'Bring the kettle.'), said(7, 8, 'And the cups.', 0.3))).toEqual([
      'Bring the kettle.',
    ]);
    expect(heard(said(5, 6, 'Anything at all.', 0.3))).toEqual([]);
    const [sure] = withoutInventions([said(5, 6, 'Anything at all.')], piece);
    expect(sure?.confidence).toBeLessThan(DOUBTFUL);
  });

  it('is gone where it is a phrase that engines invent and is hardly heard, but people may say it', () => {
    expect(heard(said(2, 4, 'Thank you for watching!', 0.3))).toEqual([]);
    expect(heard(said(2, 4, ' Vielen Dank. ', 0.2))).toEqual([]);
    expect(heard(said(2, 4, 'Thank you for watching!'))).toEqual(['Thank you for watching!']);
    expect(heard(said(2, 4, 'Thank you, Peter.', 0.3))).toEqual(['Thank you, Peter.']);
  });

  it('is doubted, and then gone, where it goes round in circles', () => {
    const round = Array.from({ length: 20 }, (_, index) => said(2 + index / 10, 2.4 + index / 10, 'I know.'));
    const left = withoutInventions(round, piece);
    expect(left.map(({ confidence }) => confidence < DOUBTFUL)).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it('is doubted where there is no time to say it, or it repeats itself within', () => {
    const rushed = said(
      3.9,
      4,
      'There is so much to say that nobody could say it in so little time, whoever tries.',
    );
    const loop = said(2, 4, 'no no no no no no');
    for (const segment of [rushed, loop]) {
      const [one] = withoutInventions([segment], piece);
      expect(one?.confidence).toBeLessThan(DOUBTFUL);
      expect(one?.words?.[0]?.confidence).toBeLessThan(DOUBTFUL);
    }
    const [plain] = withoutInventions([said(2, 4, 'Bring the kettle.')], piece);
    expect(plain?.confidence).toBe(0.9);
  });
});
