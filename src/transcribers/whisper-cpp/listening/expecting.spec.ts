import { textOf } from '../../../core/transcript';
import { NOTES, samplesOf } from '../../../../test/support/notes';
import { serverBinary, WhisperRig, whisperSettings } from '../../../../test/support/whisper';
import { EngineAnswer } from '../engine/engine-answer';
import { Question } from '../engine/engine-client';
import { expecting } from './expecting';

jest.setTimeout(120_000);

const QUESTION: Question = { samples: new Int16Array(16_000), language: 'auto', audioContext: 512 };
const said = (word: string, probability: number, language: string): EngineAnswer => ({
  language,
  segments: [
    {
      text: word,
      words: [
        { word: '[_BEG_]', probability: 0 },
        { word, probability },
      ],
    },
  ],
});

/** Answers in turn, and keeps what it was asked. */
function engine(...answers: EngineAnswer[]) {
  const asked: Partial<Question>[] = [];
  const ask = (question: Question): Promise<EngineAnswer> => {
    asked.push(question);
    return Promise.resolve(answers[asked.length - 1] ?? { segments: [] });
  };
  return { asked, ask };
}

describe('an expected language', () => {
  it('is confirmed by a glance', async () => {
    const { asked, ask } = engine(said(' Danke', 0.9, 'german'));
    expect(await expecting('de', ask)(QUESTION)).toEqual(said(' Danke', 0.9, 'german'));
    expect(asked).toEqual([{ ...QUESTION, detectionContext: 128 }]);
  });

  it('counts for nothing where another one is glanced: that is looked at again', async () => {
    const { asked, ask } = engine(said(' Thanks', 0.9, 'english'), { language: 'english', segments: [] });
    expect(await expecting('de', ask)(QUESTION)).toEqual(said(' Thanks', 0.9, 'english'));
    expect(asked[1]).toEqual({ ...QUESTION, detectOnly: true });
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['unlikely', ' Danke', 0.5],
    ['said over and over', ' ja ja ja ja ja ja', 0.95],
    ['missing', '', 0],
  ])('is looked at again where words are %s, and what is found then counts', async (_, word, probability) => {
    const right = said(' Thanks', 0.8, 'english');
    const { asked, ask } = engine(
      said(word, probability, 'german'),
      { language: 'english', segments: [] },
      right,
    );
    expect(await expecting('de', ask)(QUESTION)).toEqual(right);
    expect(asked[2]).toEqual({ ...QUESTION, language: 'en' });
  });

  it('is not asked for where there is none, or somebody has said which it is', async () => {
    const { asked, ask } = engine();
    await expecting(undefined, ask)(QUESTION);
    await expecting('de', ask)({ ...QUESTION, language: 'en' });
    expect(asked).toEqual([QUESTION, { ...QUESTION, language: 'en' }]);
  });
});

describe('with an expectation, right or wrong, the words are the same', () => {
  const rig = new WhisperRig(whisperSettings({ WHISPER_SERVER_BIN: serverBinary() }));
  afterAll(() => rig.close());

  it.each(NOTES.filter(({ seconds }) => seconds <= 16))('$file', async ({ file, language }) => {
    const samples = samplesOf(file);
    const detected = await rig.hear(samples);
    expect(detected[0]?.language).toBe(language);
    for (const expected of ['de', 'en']) {
      const heard = await rig.hear(samples, { expected });
      expect([expected, textOf(heard), heard[0]?.language]).toEqual([expected, textOf(detected), language]);
    }
  });
});
