import { Segment, mainLanguage, textOf } from './transcript';

const segment = (text: string, start: number, end: number, language?: string): Segment => ({
  text,
  start,
  end,
  confidence: 1,
  language,
});

describe('transcript', () => {
  it('joins segments to one line of prose', () => {
    expect(textOf([segment(' Hello. ', 0, 1), segment('', 1, 2), segment('Bye.', 2, 3)])).toBe('Hello. Bye.');
  });

  it('takes the language that most of the speech is in', () => {
    expect(mainLanguage([segment('a', 0, 1, 'de'), segment('b', 1, 5, 'en'), segment('c', 5, 7, 'de')])).toBe(
      'en',
    );
    expect(mainLanguage([segment('a', 0, 1)])).toBeUndefined();
  });
});
