import { segmentsOf, textPieces } from './timed-words';

const word = (text: string, start: number) => ({ text, start, end: start + 0.5, confidence: 0.9 });

describe('words with their times', () => {
  it('keep the text as it is, whatever stands between them', () => {
    const segment = {
      start: 0,
      end: 2,
      confidence: 1,
      text: ' “Hello,  Peter!” ',
      words: [word(' Hello', 0), word('Peter', 1)],
    };
    const found = textPieces(segment);
    expect(found.map(({ text }) => text).join('')).toBe('“Hello,  Peter!”');
    expect(found.filter(({ word: timed }) => timed).map(({ text }) => text)).toEqual(['Hello', 'Peter']);
    expect(
      textPieces({ ...segment, text: 'こんにちは', words: [word('こん', 0), word('にちは', 1)] }),
    ).toHaveLength(2);
    expect(textPieces({ ...segment, text: 'other words', words: [word('missing', 0)] })).toEqual([
      { text: 'other words' },
    ]);
    expect(textPieces({ ...segment, text: '', words: [] })).toEqual([]);
  });

  it('go to the segment in which they are spoken', () => {
    const at = (start: number, end: number) => ({ start, end, text: '', confidence: 1 });
    const words = [0, 1.1, 1.8, 2.2, 9].map((start) => ({
      word: `w${start}`,
      start,
      end: start + 0.2,
      confidence: 1,
    }));
    const shared = segmentsOf({ segments: [at(0, 1), at(1, 2), at(2, 3)], words });
    expect(shared.map((each) => each.words?.map(({ text }) => text))).toEqual([
      ['w0'],
      ['w1.1', 'w1.8'],
      ['w2.2', 'w9'],
    ]);
    expect(segmentsOf({ segments: [at(0, 1)] })[0]?.words).toEqual([]);
  });
});
