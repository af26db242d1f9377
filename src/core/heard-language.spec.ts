import { spoken } from '../../test/support/job-stages';
import { expectedLanguage, remembered } from './heard-language';
import { HeardLanguage } from './preference-store';

/** A note in which that language was detected. */
const note = (language: string, more: { confidence?: number; seconds?: number; told?: boolean } = {}) => {
  const { confidence = 0.9, seconds = 4, told = false } = more;
  const { transcript } = spoken('…', seconds);
  const segments = transcript.segments.map((segment) => ({ ...segment, language, confidence }));
  return { transcript: { ...transcript, language, segments, languageDetected: !told } };
};
/** What is expected after each of the notes. */
const after = (notes: ReturnType<typeof note>[]): (string | undefined)[] => {
  let heard: HeardLanguage | undefined;
  return notes.map((each) => {
    heard = remembered(heard, each) ?? heard;
    return expectedLanguage(heard);
  });
};

describe('the language of a speaker', () => {
  const [de, en] = [note('de'), note('en')];

  it('is known after two notes', () => expect(after([de, de, de])).toEqual([undefined, 'de', 'de']));

  it('is given up with the first note in another one, and known again only after more of them', () => {
    const none = undefined;
    expect(after([de, de, en, en, en, en])).toEqual([none, 'de', none, none, none, 'en']);
  });

  it('is never known of who changes between two', () => {
    expect(new Set(after([de, en, de, en, en, de, de, en, en, en, de]))).toEqual(new Set([undefined]));
  });

  it('is not changed by what confirms it', () => {
    expect(remembered({ language: 'de', notes: 2 }, de)).toBeUndefined();
  });

  it.each([
    ['told', note('en', { told: true })],
    ['hardly understood', note('en', { confidence: 0.5 })],
    ['a moment long', note('en', { seconds: 0.8 })],
    ['heard for somebody else', { ...en, reused: true }],
    [
      'in two languages',
      { transcript: { ...en.transcript, segments: [...en.transcript.segments, ...de.transcript.segments] } },
    ],
    ['without words', { transcript: { ...en.transcript, segments: [], language: undefined } }],
  ])('is not learnt from what was %s', (_, result) => {
    expect(remembered(undefined, result)).toBeUndefined();
    expect(remembered({ language: 'de', notes: 2 }, result)).toBeUndefined();
  });
});
