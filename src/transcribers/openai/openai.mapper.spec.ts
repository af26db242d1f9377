import { OpenAiAnswer, openAiAnswer } from './openai-answer';
import { segmentsOf } from './openai.mapper';

const STRETCH = { start: 10, seconds: 5 };
const AUTO = { language: 'auto', translate: false };
const mapped = (answer: OpenAiAnswer, told = AUTO) => segmentsOf(openAiAnswer.parse(answer), told, STRETCH);
const segment = (text: string, more: object = {}) => ({ text, start: 0, end: 2, ...more });

describe('an answer of an OpenAI-compatible service', () => {
  it('that is mere text is one segment over the whole piece', () => {
    expect(mapped({ text: ' Hello. ' })).toEqual([{ start: 10, end: 15, text: 'Hello.', confidence: 1 }]);
    expect(mapped({ text: 'Hello.', segments: [] })).toHaveLength(1);
    expect(mapped({ text: '' })).toEqual([]);
  });

  it('is as sure as its tokens are', () => {
    const logprobs = [{ logprob: Math.log(0.5) }, { logprob: Math.log(0.5) }, {}];
    expect(mapped({ text: 'Hello.', logprobs })[0]?.confidence).toBeCloseTo(0.5);
    const [one] = mapped({ segments: [segment('Yes', { avg_logprob: Math.log(0.8), no_speech_prob: 0.5 })] });
    expect(one?.confidence).toBeCloseTo(0.4);
    const strange = mapped({ segments: [segment('Yes', { avg_logprob: 3, no_speech_prob: -1 })] });
    expect(strange[0]?.confidence).toBe(1);
  });

  it.each([
    ['german', 'de'],
    ['de', 'de'],
    ['English', 'en'],
    ['auto', undefined],
    ['klingon', undefined],
    [null, undefined],
  ])('names the language %s', (language, code) => {
    expect(mapped({ language, text: 'Hm.' })[0]?.language).toBe(code);
  });

  it('may name its languages in a list', () => {
    expect(mapped({ languages: [{ code: 'fr' }], text: 'Oui.' })[0]?.language).toBe('fr');
  });

  it('is in the language that was told, and of a translation in none that it names', () => {
    expect(
      mapped({ language: 'english', text: 'Hm.' }, { language: 'de', translate: false })[0]?.language,
    ).toBe('de');
    expect(
      mapped({ language: 'english', text: 'Hm.' }, { language: 'auto', translate: true })[0],
    ).not.toHaveProperty('language');
  });

  it('leaves out what Whisper itself takes for silence', () => {
    const quiet = { avg_logprob: -1.5, no_speech_prob: 0.9 };
    const segments = [
      segment('Thanks for watching!', quiet),
      segment('Yes.', { ...quiet, avg_logprob: -0.5 }),
    ];
    expect(mapped({ segments }).map(({ text }) => text)).toEqual(['Yes.']);
  });

  it('has each word in its segment, once, whoever stands beside it', () => {
    const words = ['One', 'two', 'three', 'four'].map((word, at) => ({ word, start: at, end: at + 0.9 }));
    const segments = [
      segment(' One two.', { end: 1.95 }),
      segment(' Three four.', { start: 1.95, end: 3.5 }),
    ];
    const found = mapped({ text: 'One two. Three four.', segments, words });
    expect(found.map((one) => one.words?.map(({ text }) => text))).toEqual([
      ['One', 'two'],
      ['three', 'four'],
    ]);
    expect(found[1]?.words?.[0]).toMatchObject({ start: 12, end: 12.9, confidence: 1 });
  });

  it('has tokens put together to words', () => {
    const words = [' Hel', 'lo', ',', ' you'].map((word, at) => ({
      word,
      start: at,
      end: at + 1,
      probability: 0.5,
    }));
    const [one] = mapped({ segments: [segment(' Hello, you', { words, avg_logprob: 0 })] });
    expect(one?.words?.map(({ text }) => text)).toEqual(['Hello,', 'you']);
    expect(one?.confidence).toBeCloseTo(0.5);
  });

  it('lies within the piece, whatever its times say', () => {
    const words = [{ word: 'Eh', start: 9, end: -3 }];
    const [one] = mapped({ segments: [{ text: 'Eh', start: -4, end: 99, words }] });
    expect(one).toMatchObject({ start: 10, end: 15, words: [{ start: 15, end: 15 }] });
    const [timeless] = mapped({ segments: [{ text: 'Eh', start: null, end: null }] });
    expect(timeless).toMatchObject({ start: 10, end: 15 });
  });

  it('makes no sense without text', () => {
    expect(() => openAiAnswer.parse({ words: [] })).toThrow();
    expect(() => openAiAnswer.parse('Hello.')).toThrow();
  });
});
