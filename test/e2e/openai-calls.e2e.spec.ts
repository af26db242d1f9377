import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import OpenAI, { APIError, BadRequestError, toFile } from 'openai';
import { ApiClient } from '../support/api-client';
import { documentedFetch } from '../support/documented-errors';
import { NOTES } from '../support/notes';
import { ADMIN_TOKEN, RunningService, VIEWER_TOKEN, startService } from '../support/service-in-process';

const AUDIO = join(__dirname, '..', 'support', 'audio');
const LANGUAGE_NAMES: Record<string, string> = { en: 'english', de: 'german' };

const clientOf = (service: RunningService, apiKey = ADMIN_TOKEN): OpenAI =>
  new OpenAI({ apiKey, baseURL: `${service.url}/v1`, maxRetries: 0, fetch: documentedFetch });
const voice = (file: string): Promise<File> => toFile(readFileSync(join(AUDIO, file)), file);
const refusal = (call: Promise<unknown>): Promise<APIError> =>
  call.then(
    () => Promise.reject(new Error('It was not refused')),
    (error: unknown) => error as APIError,
  );

describe('programs that were written for OpenAI', () => {
  let service: RunningService;
  let openai: OpenAI;
  const model = 'whisper-1';

  beforeAll(async () => {
    // The formats of one note differ in nothing that is heard.
    service = await startService({ REUSE_DAYS: '1' });
    openai = clientOf(service);
  });
  afterAll(() => service.close());

  it.each(NOTES)('get $file in every format', async ({ file, text, language }) => {
    const audio = openai.audio.transcriptions;
    expect(await audio.create({ model, file: await voice(file) })).toMatchObject({ text });
    const plain = await audio.create({ model, file: await voice(file), response_format: 'text' });
    expect(plain).toBe(`${text}\n`);
    const verbose = await audio.create({
      model,
      file: await voice(file),
      response_format: 'verbose_json',
      timestamp_granularities: ['word', 'segment'],
    });
    expect(verbose).toMatchObject({ text, language: LANGUAGE_NAMES[language] });
    expect(verbose.segments?.map((segment) => segment.text.trim()).join(' ')).toBe(text);
    expect(verbose.words?.map(({ word }) => word).join(' ')).toBe(text);
    for (const { avg_logprob, compression_ratio, end } of verbose.segments ?? []) {
      expect(avg_logprob).toBeLessThanOrEqual(0);
      expect(compression_ratio).toBeGreaterThan(0);
      expect(end).toBeLessThanOrEqual(verbose.duration + 0.01);
    }
    const srt = await audio.create({ model, file: await voice(file), response_format: 'srt' });
    expect(wordsOf(srt.replace(/^\d+\n[\d:,]+ --> [\d:,]+$/gm, ''))).toBe(text);
    const vtt = await audio.create({ model, file: await voice(file), response_format: 'vtt' });
    expect(wordsOf(vtt.replace(/^WEBVTT$|^[\d:.]+ --> [\d:.]+$/gm, ''))).toBe(text);
  });

  it('hear the words as they come', async () => {
    const [note] = NOTES;
    const stream = await openai.audio.transcriptions.create({
      model,
      file: await voice(note!.file),
      stream: true,
    });
    const events: OpenAI.Audio.TranscriptionStreamEvent[] = [];
    for await (const event of stream) events.push(event);
    const deltas = events.flatMap((event) => (event.type === 'transcript.text.delta' ? [event.delta] : []));
    expect(deltas.join('')).toBe(note!.text);
    expect(events.at(-1)).toMatchObject({ type: 'transcript.text.done', text: note!.text });
  });

  const german = NOTES.filter(({ english }) => english !== undefined);
  it.each(german)('have $file translated, in every format', async ({ file, english = '' }) => {
    const audio = openai.audio.translations;
    expect(await audio.create({ model, file: await voice(file) })).toMatchObject({ text: english });
    // The client's types know of texts in transcriptions only.
    const as = async (response_format: 'text' | 'srt' | 'vtt'): Promise<string> =>
      (await audio.create({ model, file: await voice(file), response_format })) as unknown as string;
    expect(await as('text')).toBe(`${english}\n`);
    expect(wordsOf((await as('srt')).replace(/^\d+\n[\d:,]+ --> [\d:,]+$/gm, ''))).toBe(english);
    expect(wordsOf((await as('vtt')).replace(/^WEBVTT$|^[\d:.]+ --> [\d:.]+$/gm, ''))).toBe(english);
    const whole = { model, file: await voice(file), response_format: 'verbose_json' as const };
    const verbose = (await audio.create(whole)) as OpenAI.Audio.TranslationVerbose;
    expect(verbose.segments?.map((segment) => segment.text.trim()).join(' ')).toBe(english);
  });

  it('are told what is wrong, in their own shape and with hark’s codes', async () => {
    const file = await voice('01-en.ogg');
    const create = (fields: Partial<OpenAI.Audio.TranscriptionCreateParamsNonStreaming>): Promise<APIError> =>
      refusal(
        openai.audio.transcriptions.create({ model, file, ...fields } as { model: string; file: File }),
      );
    const html = await toFile(Buffer.from('<!doctype html><p>Please sign in'), 'voice.ogg');
    expect(await create({ file: html })).toMatchObject({ status: 415, code: 'media_is_html' });
    expect(await create({ language: 'klingon' })).toMatchObject({ status: 400, code: 'language_unknown' });
    const odd = await create({ response_format: 'diarized_json' });
    expect(odd).toBeInstanceOf(BadRequestError);
    expect(odd).toMatchObject({ code: 'field_invalid', param: 'response_format' });
    const cut = await toFile(readFileSync(join(AUDIO, '13-en.wav')).subarray(0, 60), 'cut.wav');
    expect(await create({ file: cut })).toMatchObject({ type: 'invalid_request_error' });
    const viewer = clientOf(service, VIEWER_TOKEN);
    expect(await refusal(viewer.audio.transcriptions.create({ model, file }))).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
    const nobody = clientOf(service, 'no-such-token');
    expect(await refusal(nobody.audio.transcriptions.create({ model, file }))).toMatchObject({
      status: 401,
      code: 'unauthorized',
    });
    await service.cleared();
  });
});

describe('a program that hangs up', () => {
  it('has its job cancelled', async () => {
    const asked = Promise.withResolvers<void>();
    const silent = createServer(() => asked.resolve());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const service = await startService({
      TRANSCRIBERS: 'openai',
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      OPENAI_MODEL: 'whisper-1',
    });
    try {
      const gone = new AbortController();
      const call = clientOf(service).audio.transcriptions.create(
        { model: 'whisper-1', file: await voice('01-en.ogg') },
        { signal: gone.signal },
      );
      const ended = refusal(call);
      await asked.promise;
      gone.abort();
      await ended;
      const api = new ApiClient(service.url);
      const { body } = await api.get<{ jobs: { id: string }[] }>('/jobs');
      expect(await api.ended(body.jobs[0]!.id)).toMatchObject({ status: 'cancelled' });
    } finally {
      await service.close();
      silent.close();
      silent.closeAllConnections();
    }
  });
});

function wordsOf(subtitles: string): string {
  return subtitles.split(/\s+/).filter(Boolean).join(' ');
}
