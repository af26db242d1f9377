import { textOf } from '../../../core/transcript';
import { EngineAnswer } from '../engine/engine-answer';
import { Question } from '../engine/engine-client';
import { listenCarefully } from './careful-listener';

const SECONDS = 4;
/** Somebody speaks all the time. */
const samples = new Int16Array(SECONDS * 16_000).map(
  (_, at) => 9_000 * Math.sin((at * 2 * Math.PI * 300) / 16_000),
);
const said = (text: string, probability = 0.95, [start, end] = [0, SECONDS], language = 'english') => ({
  language,
  segments: [{ text, start, end, words: text.split(' ').map((word) => ({ word: ` ${word}`, probability })) }],
});

/** What is heard by whom the engine answers so, and what was asked. */
async function hearing(answers: EngineAnswer[], language = 'auto', draft = false) {
  const asked: Partial<Question>[] = [];
  const segments = await listenCarefully(
    { samples, start: 0 },
    { language, translate: false, draft },
    (question) => {
      asked.push(question);
      return Promise.resolve(answers[asked.length - 1] ?? { segments: [] });
    },
  );
  return { asked, text: textOf(segments) };
}

describe('listening', () => {
  it('takes one quick look at a short note', async () => {
    const { asked, text } = await hearing([said('We meet at the hotel on Friday.')]);
    expect(text).toBe('We meet at the hotel on Friday.');
    expect(asked).toEqual([{ samples, language: 'auto', audioContext: 272, translate: false }]);
  });

  it.each<[string, EngineAnswer, string]>([
    ['in a language that was found out', said('Wir treffen uns im Hotel am Freitag.', 0.6), 'auto'],
    ['in the language it was told', said('We meat at the motel on Friday.', 0.6), 'en'],
  ])('is done once more, thoroughly, where words are unlikely %s', async (_, unlikely, language) => {
    const { asked, text } = await hearing([unlikely, said('We meet at the hotel on Friday.')], language);
    expect(text).toBe('We meet at the hotel on Friday.');
    expect(asked[1]).toMatchObject({
      language,
      audioContext: 1_280,
      detectionContext: 1_280,
      thorough: true,
    });
    expect(asked).toHaveLength(2);
  });

  it.each<[string, EngineAnswer]>([
    ['We meet there.', said('We meet there.', 0.6)],
    ['', said('no no no no no no')],
  ])(
    'is done once for a draft, which is what was heard unless that is strange: %j',
    async (draft, answer) => {
      const { asked, text } = await hearing([answer], 'auto', true);
      expect([asked.length, text]).toEqual([1, draft]);
    },
  );

  it('keeps the first answer where the second is less likely still', async () => {
    const { text } = await hearing([said('We meet there.', 0.6), said('He eats here.', 0.5)]);
    expect(text).toBe('We meet there.');
  });

  it.each<[string, EngineAnswer]>([
    ['says the same again and again', said('no no no no no no')],
    ['leaves speech out', said('We meet', 0.95, [0, 0.8])],
    ['says more than there is time for', said('We meet at the hotel on Friday at seven.', 0.95, [3, 3.5])],
  ])('is done once more in the language that was heard where the answer %s', async (_, strange) => {
    const { asked, text } = await hearing([strange, said('We meet at the hotel on Friday.', 0.8)]);
    expect(text).toBe('We meet at the hotel on Friday.');
    expect(asked[1]).toMatchObject({ language: 'en', audioContext: 1_280, thorough: true });
  });

  it('keeps to what is only unlikely where thoroughness leads astray', async () => {
    const { text } = await hearing([said('We meet there.', 0.6), said('no no no no no no', 0.99)]);
    expect(text).toBe('We meet there.');
  });
});
