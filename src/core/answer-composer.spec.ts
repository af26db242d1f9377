import { I18nextPhrasebook } from '../locales/i18next.phrasebook';
import { Answer, AnswerPart } from './answer';
import { ComposedAnswer, ComposerOptions, composeAnswer } from './answer-composer';
import { JobStatus, TranscriptionJob } from './job';

const options: ComposerOptions = {
  limits: { messageCharacters: 200, messages: 3 },
  markup: {
    escape: (text) => text.replaceAll('*', '\\*'),
    bold: (text) => `**${text}**`,
    small: (text) => `-# ${text}`,
    doubtful: (text) => `*${text}*`,
  },
  phrasebook: new I18nextPhrasebook(),
};

function part(status: JobStatus, text: string, changes: Partial<TranscriptionJob> = {}): AnswerPart {
  const job: TranscriptionJob = {
    id: 'job',
    status,
    progress: 0,
    priority: 0,
    platform: 'discord',
    author: { id: 'speaker' },
    requester: { id: 'speaker' },
    trigger: 'request',
    source: { kind: 'link', url: 'https://example.org/a.ogg' },
    options: { language: 'auto', translate: false },
    private: false,
    confidential: false,
    position: 0,
    fresh: false,
    reused: false,
    lengthy: false,
    media: {},
    attempts: 1,
    crashes: 0,
    losses: 0,
    timings: {},
    createdAt: new Date(0),
    outcome: status === 'delivering' || status === 'done' ? 'speech' : undefined,
    language: 'de',
    ...changes,
  };
  const transcript = {
    text,
    language: 'de',
    languageDetected: true,
    segments: [],
    seconds: 12.4,
    madeBy: 'whisper.cpp',
  };
  return { job, transcript: text === '' ? undefined : transcript };
}

const compose = (parts: AnswerPart[], locale = 'en'): ComposedAnswer => {
  const answer: Answer = { id: 'a', address: { platform: 'discord', locale }, parts, createdAt: new Date(0) };
  return composeAnswer(answer, options);
};
const words = (count: number): string => Array.from({ length: count }, (_, n) => `word${n}`).join(' ');

describe('composeAnswer', () => {
  it('says that it listens, then how far it is with what it has heard', () => {
    expect(compose([part('queued', '', { attempts: 0 })]).messages).toEqual(['-# Listening …']);
    const draft = { transcript: { ...part('done', 'A draft.').transcript! }, media: {} };
    for (const drafted of [
      part('queued', '', { draft }),
      part('running', 'Better', { draft, progress: 0.4 }),
    ])
      expect(compose([drafted])).toMatchObject({
        messages: ['A draft.\n-# A first draft; a better text follows.'],
        settled: false,
        actions: ['delete'],
      });
    const running = compose([part('running', 'Hello there.', { progress: 0.456 })]);
    expect(running).toMatchObject({
      messages: ['Hello there.\n-# Listening … 45 %'],
      settled: false,
      actions: ['delete'],
    });
  });

  it('says so where a note waits for the end of an outage', () => {
    const error = { code: 'engine_unavailable' as const, message: 'It is away.' };
    expect(compose([part('queued', '', { attempts: 0, error })]).messages).toEqual([
      '-# The speech recognition is away at the moment. I will read this as soon as it is back.',
    ]);
  });

  it('settles with the text, the length, the language that was heard and who listened', () => {
    expect(compose([part('delivering', 'Guten Morgen.')])).toEqual({
      messages: ['Guten Morgen.\n-# 0:12 · German · whisper.cpp'],
      files: [],
      settled: true,
      actions: ['private-copy', 'translate', 'srt', 'txt', 'try-again', 'fix', 'delete'],
    });
  });

  it('speaks the language of whoever reads it', () => {
    expect(compose([part('delivering', 'Hi.')], 'de').messages[0]).toContain('Deutsch');
  });

  it('escapes what was said and not its own marks', () => {
    expect(compose([part('delivering', '*Hi*')]).messages[0]).toMatch(/^\\\*Hi\\\*\n-# /);
  });

  it('marks words that may be wrong, and says so; a text that is wrong all over says that instead', () => {
    const heard = (...confidences: number[]): AnswerPart => {
      const spoken = part('delivering', 'Bring *the* kettle');
      const texts = ['Bring', '*the*', 'kettle'];
      const said = texts.map((text, at) => ({
        text,
        start: at,
        end: at + 1,
        confidence: confidences[at] ?? 1,
      }));
      const segment = { start: 0, end: 3, text: texts.join(' '), confidence: 1, words: said };
      return { ...spoken, transcript: spoken.transcript && { ...spoken.transcript, segments: [segment] } };
    };
    const [some] = compose([heard(0.9, 0.2, 0.9)]).messages;
    expect(some).toMatch(
      /^Bring \*\\\*the\\\*\* kettle\n-# 0:12 · .*\n-# Words in italics were hard to hear/,
    );
    const [whole] = compose([heard(0.2, 0.2, 0.9)]).messages;
    expect(whole).toMatch(/^Bring \\\*the\\\* kettle\n-# 0:12 · .*\n-# This was hard to understand/);
  });

  it('gives the reason where there is no text', () => {
    expect(compose([part('delivering', '', { outcome: 'no_speech' })]).messages).toEqual([
      '-# No speech was found in this recording.',
    ]);
    const error = { code: 'media_empty' as const, message: 'The file is empty.' };
    expect(compose([part('failed', '', { error })])).toMatchObject({
      messages: ['-# The file is empty.'],
      actions: ['try-again', 'delete'],
    });
  });

  it('uses several messages for a long text, and loses no word', () => {
    const { messages, files } = compose([part('delivering', words(60))]);
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.length).toBeLessThanOrEqual(3);
    expect(messages.every((message) => message.length <= 200)).toBe(true);
    expect(files).toEqual([]);
    expect(messages.join(' ').replace(/\n-# .*/, '')).toBe(words(60));
  });

  it('puts a very long text into a file with a beginning before it', () => {
    const { messages, files } = compose([part('delivering', words(500))]);
    expect(messages).toHaveLength(1);
    expect(messages[0]?.length).toBeLessThanOrEqual(200);
    expect(messages[0]).toContain('The whole text is in transcript.txt.');
    expect(files).toEqual([{ name: 'transcript.txt', text: `${words(500)}\n` }]);
  });

  it('shows only the beginning of a long text that still grows, in one message', () => {
    const { messages, files } = compose([part('running', words(500), { progress: 0.5 })]);
    expect(messages).toHaveLength(1);
    expect(messages[0]?.length).toBeLessThanOrEqual(200);
    expect(messages[0]).toMatch(/…\n-# Listening … 50 %$/);
    expect(files).toEqual([]);
  });

  it('keeps several notes of one message in order under their numbers', () => {
    const { messages, settled } = compose([
      part('delivering', 'First.'),
      part('running', '', { position: 1 }),
    ]);
    expect(settled).toBe(false);
    expect(messages[0]).toMatch(
      /^\*\*Recording 1 of 2\*\*\nFirst\.[^]*\*\*Recording 2 of 2\*\*\n-# Listening …$/,
    );
  });

  it('does not offer to translate English, nor a translation', () => {
    expect(compose([part('done', 'Hi.', { language: 'en' })]).actions).not.toContain('translate');
    const translated = part('done', 'Hi.', { options: { language: 'auto', translate: true } });
    expect(compose([translated]).actions).not.toContain('translate');
  });
});
