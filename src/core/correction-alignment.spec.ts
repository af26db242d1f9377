import { correctedSegments } from './correction-alignment';
import { Segment, textOf } from './transcript';
import { toSrt } from './subtitles';

const said = (text: string, start: number, confidence = 0.5): Segment => {
  const words = text.split(' ').map((word, index) => ({
    text: word,
    start: start + index,
    end: start + index + 0.8,
    confidence,
  }));
  return { start, end: start + words.length, text, confidence, language: 'en', words };
};
const HEARD = [said('we meet ann at ten', 0), said('bring the kettle please', 6)];
const times = (segments: readonly Segment[], word: string): number[] | undefined => {
  const found = segments.flatMap(({ words = [] }) => words).find(({ text }) => text === word);
  return found && [found.start, found.end].map((seconds) => Math.round(seconds * 100) / 100);
};

describe('a corrected text', () => {
  it('has the times of the words that were heard; new ones take those of what they replace', () => {
    const segments = correctedSegments(HEARD, 'We meet Anneliese Müller at ten. Bring the metal, please!');
    expect(textOf(segments)).toBe('We meet Anneliese Müller at ten. Bring the metal, please!');
    expect(segments.map(({ start, end }) => [start, end])).toEqual([
      [0, 5],
      [6, 10],
    ]);
    expect(times(segments, 'ten.')).toEqual([4, 4.8]);
    expect(times(segments, 'Anneliese')).toEqual([2, 2.48]);
    expect(times(segments, 'Müller')).toEqual([2.48, 2.8]);
    expect(times(segments, 'metal,')).toEqual([8, 8.8]);
    expect(segments[0]?.words?.map(({ confidence }) => confidence)).toEqual([0.5, 0.5, 1, 1, 0.5, 0.5]);
  });

  it('leaves segments alone in which nothing changed, and takes away those that were emptied', () => {
    expect(correctedSegments(HEARD, 'we meet ann at ten bring the kettle please')).toEqual(HEARD);
    expect(correctedSegments(HEARD, 'we meet ann at ten')).toEqual([HEARD[0]]);
    expect(correctedSegments(HEARD, 'bring the kettle please')).toEqual([HEARD[1]]);
    expect(correctedSegments(HEARD, ' \n ')).toEqual([]);
  });

  it('is put to the words around it where something was added', () => {
    const segments = correctedSegments(HEARD, 'Hello we meet ann at ten sharp bring the red kettle please');
    expect(segments.map(({ text }) => text)).toEqual([
      'Hello we meet ann at ten sharp',
      'bring the red kettle please',
    ]);
    expect(times(segments, 'red')).toEqual([7.8, 8]);
    expect(times(segments, 'sharp')).toEqual([4.8, 4.8]);
  });

  it('keeps to the segments where there are no times of words, and no spaces', () => {
    const plain = HEARD.map(({ words: _, ...segment }) => segment);
    const segments = correctedSegments(plain, 'we meet Bea at ten bring the kettle please');
    expect(segments.map(({ text, words }) => [text, words])).toEqual([
      ['we meet Bea at ten', undefined],
      ['bring the kettle please', undefined],
    ]);
    const japanese = [
      { ...plain[0], start: 0, end: 4, confidence: 1, text: '今日は東京へ行きます', language: 'ja' },
    ];
    expect(textOf(correctedSegments(japanese, '今日は京都へ行きます'))).toBe('今日は京都へ行きます');
  });

  it('whatever it is, becomes subtitles with times in order, and no word is lost', () => {
    const texts = [
      'x',
      'ten ten ten ann',
      `a\u0000b\n\n${'word '.repeat(300)}`,
      'please kettle the bring ten at ann',
    ];
    for (const text of texts) {
      const segments = correctedSegments(HEARD, text);
      expect(textOf(segments).split(/\s+/)).toEqual(
        text
          .replace(/[\s\p{Cc}]+/gu, ' ')
          .trim()
          .split(' '),
      );
      const starts = [...toSrt(segments).matchAll(/^(\S+) -->/gm)].map(([, start]) => start);
      expect(starts.length).toBeGreaterThan(0);
      expect(starts).toEqual([...starts].sort());
    }
  });
});
