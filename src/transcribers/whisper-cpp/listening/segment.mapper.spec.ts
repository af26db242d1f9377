import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineSource } from '../engine/engine-source';
import { languageOf, segmentsOf } from './segment.mapper';
import { wordsOf } from '../../words';

const token = (word: string, start = 0, end = 0, probability = 0.9) => ({ word, start, end, probability });
const texts = (tokens: string[], language?: string) =>
  wordsOf(
    tokens.map((text) => token(text)),
    language,
  ).map(({ text }) => text);

describe('words', () => {
  it.each<[string, string[], string[]]>([
    ['begin with a space', [' Hel', 'lo', ' Peter'], ['Hello', 'Peter']],
    ['keep their marks', [' Hello', ',', ' Anna', '.', ' Why', '?', '!'], ['Hello,', 'Anna.', 'Why?!']],
    [
      'take opening marks with them',
      [' say', ' "', 'Yes', '"', '.', ' (', 'no', ')'],
      ['say', '"Yes".', '(no)'],
    ],
    ['keep what stands alone between them', [' one', ' -', ' two'], ['one -', 'two']],
    ['are not made of special tokens', ['[_BEG_]', ' Yes', '<|endoftext|>', '[_TT_100]'], ['Yes']],
    ['are not made of marks alone', [' ...'], []],
    ['may be contracted', [' don', "'t", ' it', "'s"], ["don't", "it's"]],
  ])('%s', (_, tokens, words) => expect(texts(tokens)).toEqual(words));

  it('are single tokens where no spaces are written', () => {
    expect(texts(['你', '好', '，', '世界', '。'], 'zh')).toEqual(['你', '好，', '世界。']);
  });

  it('have the times and the mean confidence of what is spoken in them', () => {
    const [word] = wordsOf(
      [token(' Hel', 1, 1.2, 0.8), token('lo', 1.2, 1.5, 0.6), token(',', 1.9, 2, 0.1)],
      'en',
    );
    expect(word).toMatchObject({ start: 1, end: 1.5 });
    expect(word?.confidence).toBeCloseTo(0.7);
  });
});

describe('segments', () => {
  it('are shifted onto the whole, kept within the audio and never run backwards', () => {
    const words = [token(' Yes', 0.3, 0.2), token('.', 7, 9)];
    const segments = [{ text: ' Yes.', start: 0.1, end: 30, words }, { text: ' ' }];
    expect(segmentsOf({ language: 'english', segments }, 'auto', { start: 28.005, seconds: 2 })).toEqual([
      {
        text: 'Yes.',
        start: 28.105,
        end: 30.005,
        confidence: 0.9,
        language: 'en',
        words: [{ text: 'Yes.', start: 28.305, end: 28.305, confidence: 0.9 }],
      },
    ]);
  });

  it('may come without words, times and language', () => {
    const segments = [{ text: 'Yes.', start: null, end: null, words: null }];
    expect(segmentsOf({ segments }, 'auto', { start: 5, seconds: 2 })).toEqual([
      { text: 'Yes.', start: 5, end: 7, confidence: 0 },
    ]);
  });

  it('name every language that the engine can name', async () => {
    const { directory } = await engineSource();
    const source = readFileSync(join(directory, 'src', 'whisper.cpp'), 'utf8');
    const table = [...source.matchAll(/\{ "(\w+)",\s+\{ \d+,\s+"([\w ]+)",\s+\} \}/g)];
    expect(table.length).toBeGreaterThan(95);
    for (const [, code, name] of table) {
      // Only the third large model knows Cantonese; others would take its number for another token.
      if (code === 'yue') continue;
      expect([name, languageOf({ language: name, segments: [] }, 'auto')]).toEqual([name, code]);
    }
  });
});
