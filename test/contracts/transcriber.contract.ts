import { AudioPiece } from '../../src/core/media';
import { Segment, textOf } from '../../src/core/transcript';
import { Transcriber } from '../../src/core/transcriber';
import { TranscriptionOptions } from '../../src/core/voice-note';
import { Note, NOTES, samplesOf } from '../support/notes';

/** The notes that a back end under test must be able to read. */
export const CONTRACT_NOTES = ['01-en.ogg', '03-de.ogg', '09-de.m4a'] as const;

export interface TranscriberUnderTest {
  open(): Promise<{ transcriber: Transcriber; close(): Promise<void> }>;
  /** Says in which language it heard, where it had to find out. */
  detects: boolean;
  translates: boolean;
}

const sounds = new Map<string, Int16Array>();

/** Decoded once. */
function soundOf(file: string): Int16Array {
  const sound = sounds.get(file) ?? samplesOf(file);
  sounds.set(file, sound);
  return sound;
}

type Asked = Partial<TranscriptionOptions> & { start?: number };

/** All that is heard in one piece. */
export async function hearing(
  transcriber: Transcriber,
  samples: Int16Array,
  { start = 0, language = 'auto', translate = false, ...others }: Asked = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Segment[]> {
  const piece: AudioPiece = { index: 0, start, samples, content: 'speech', progress: 1 };
  const heard: Segment[] = [];
  for await (const segment of transcriber.transcribe(piece, { language, translate, ...others }, signal)) {
    heard.push(segment);
  }
  return heard;
}

/** What the rest of hark relies on, whoever listens. */
export function describeTranscriber(under: TranscriberUnderTest): void {
  let transcriber: Transcriber;
  let close: () => Promise<void>;
  beforeAll(async () => void ({ transcriber, close } = await under.open()));
  afterAll(() => close());
  const notes = NOTES.filter(({ file }) => (CONTRACT_NOTES as readonly string[]).includes(file));
  const [first, second] = notes as [Note, Note];

  it.each(notes)('hears $file word for word', async ({ file, language, text }) => {
    const segments = await hearing(transcriber, soundOf(file), { language });
    expect(textOf(segments)).toBe(text);
    expect(segments.map((segment) => segment.language)).toEqual(segments.map(() => language));
  });

  it('finds out the language', async () => {
    for (const { file, language, text } of notes.slice(0, 2)) {
      const segments = await hearing(transcriber, soundOf(file));
      expect(textOf(segments)).toBe(text);
      const found = under.detects ? language : undefined;
      expect(new Set(segments.map((segment) => segment.language))).toEqual(new Set([found]));
    }
  });

  it('places what it hears on the whole, in order, and says how sure it is', async () => {
    const segments = await hearing(transcriber, soundOf(first.file), { start: 100, language: 'en' });
    const all = [...segments, ...segments.flatMap(({ words }) => words ?? [])];
    for (const { start, end, confidence } of all) {
      expect(start).toBeGreaterThanOrEqual(100);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(100 + first.seconds + 0.01);
      expect(confidence).toBeGreaterThan(0.3);
      expect(confidence).toBeLessThanOrEqual(1);
    }
    const starts = segments.flatMap(({ words }) => (words ?? []).map(({ start }) => start));
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  it('keeps two pieces apart that come at the same time', async () => {
    const both = await Promise.all(
      [first, second].map(({ file, language }) => hearing(transcriber, soundOf(file), { language })),
    );
    expect(both.map(textOf)).toEqual([first.text, second.text]);
  });

  it('hears nothing in nothing', async () => {
    await expect(hearing(transcriber, new Int16Array(0))).resolves.toEqual([]);
  });

  it('takes any prompt for what it is', async () => {
    const prompt = '"}\r\n--boundary\r\nContent-Disposition: form-data; name="model"\r\n\r\nother\r\n';
    const heard = await hearing(transcriber, soundOf(second.file), { language: 'de', prompt });
    expect(heard.length).toBeGreaterThan(0);
  });

  it('refuses languages and models that it was not set up for', async () => {
    const samples = soundOf(second.file);
    await expect(hearing(transcriber, samples, { language: 'xx' })).rejects.toMatchObject({
      code: 'language_unknown',
    });
    await expect(hearing(transcriber, samples, { model: '/etc/passwd' })).rejects.toMatchObject({
      code: 'model_unknown',
    });
  });

  it('stops when it is told to, and listens again afterwards', async () => {
    const reason = new Error('enough');
    const stop = new AbortController();
    const heard = hearing(transcriber, soundOf(first.file), {}, stop.signal);
    stop.abort(reason);
    await expect(heard).rejects.toBe(reason);
    await expect(hearing(transcriber, soundOf(first.file), {}, AbortSignal.abort(reason))).rejects.toBe(
      reason,
    );
    const again = await hearing(transcriber, soundOf(second.file), { language: 'de' });
    expect(textOf(again)).toBe(second.text);
  });

  it('says who it is, and that it is well', async () => {
    await transcriber.ready({ language: 'auto', translate: false }, new AbortController().signal);
    expect(transcriber.describe({ language: 'auto', translate: false })).toMatch(/\w+/);
    await expect(transcriber.available()).resolves.toMatchObject({ state: 'ready' });
  });

  if (under.translates) {
    it('translates to English', async () => {
      const [german] = notes.filter(({ english }) => english !== undefined);
      const options = { language: 'de', translate: true };
      const segments = await hearing(transcriber, soundOf(german?.file ?? ''), options);
      expect(textOf(segments)).toBe(german?.english);
      expect(new Set(segments.map(({ language }) => language))).toEqual(new Set(['de']));
    });
  }
}
