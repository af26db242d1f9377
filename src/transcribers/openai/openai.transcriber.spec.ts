import { inspect } from 'node:util';
import { hearing } from '../../../test/contracts/transcriber.contract';
import { openAiTranscriber } from '../../../test/support/openai-rig';
import { OpenAiServer, Trouble } from '../../../test/support/openai-server/openai-server';
import { alwaysHearing } from '../../../test/support/openai-server/spoken';
import { HarkError } from '../../core/errors';
import { textOf } from '../../core/transcript';
import { OpenAiLimits } from './openai-limits';

const KEY = 'sk-of-the-tests-0123456789';
const NOW = new Date('2026-01-01T12:00:00Z');
const SOUND = new Int16Array(2 * 16_000);

class Impatient extends OpenAiLimits {
  override requestMs = () => 50;
}

let server: OpenAiServer;
beforeEach(async () => void (server = await OpenAiServer.start({ key: KEY })));
afterEach(() => server.stop());

const transcriber = (model = 'whisper-1', limits = new OpenAiLimits()) =>
  openAiTranscriber(server.url, model, KEY, { clock: { now: () => NOW }, limits });
const errorOf = (heard: Promise<unknown>): Promise<HarkError> =>
  heard.then(
    () => Promise.reject(new Error('it was heard')),
    (error: HarkError) => error,
  );

describe('the form of the answer', () => {
  it.each([
    ['whisper-1', []],
    ['whisper-plain', ['400 timestamp_granularities is not supported here']],
    [
      'gpt-4o-transcribe',
      ["response_format 'verbose_json'", "response_format 'verbose_json'"].map(
        (what) => `400 ${what} is not compatible with model. Use 'json' or 'text' instead.`,
      ),
    ],
  ])('is found out once for %s', async (model, refused) => {
    const listener = transcriber(model);
    for (let piece = 0; piece < 3; piece++) {
      expect(textOf(await hearing(listener, SOUND, { language: 'en' }))).toBe('Hello there.');
    }
    expect(server.refused).toEqual(refused);
    expect(server.heard).toHaveLength(3);
  });

  it('is found out apart for translations', async () => {
    const listener = transcriber('whisper-plain');
    await hearing(listener, SOUND);
    await hearing(listener, SOUND, { translate: true, language: 'de' });
    expect(server.refused).toHaveLength(1);
    expect(server.heard.map(({ endpoint }) => endpoint)).toEqual(['transcriptions', 'translations']);
  });

  it('is not what other complaints are about', async () => {
    const body = JSON.stringify({ error: { message: 'Invalid file format.', param: 'file' } });
    server.troubles.push({ status: 400, body });
    const listener = transcriber();
    await expect(hearing(listener, SOUND)).rejects.toMatchObject({ code: 'engine_failed', retryable: false });
    expect(server.asked).toHaveLength(1);
    const [segment] = await hearing(listener, SOUND);
    expect(segment?.words?.map(({ text }) => text)).toEqual(['Hello', 'there']);
  });
});

describe('what is asked', () => {
  it('leaves out what is not known, and passes on what is', async () => {
    await hearing(transcriber(), SOUND);
    await hearing(transcriber(), SOUND, { language: 'de', prompt: 'Bahnhof' });
    const common = {
      model: ['whisper-1'],
      response_format: ['verbose_json'],
      'timestamp_granularities[]': ['segment', 'word'],
    };
    expect(server.heard.map(({ fields }) => fields)).toEqual([
      common,
      { ...common, language: ['de'], prompt: ['Bahnhof'] },
    ]);
    expect(server.heard[0]?.samples).toEqual(SOUND);
  });

  it('shows no key where there is none', async () => {
    const open = await OpenAiServer.start({ ears: alwaysHearing('Open to all.') });
    expect(textOf(await hearing(openAiTranscriber(open.url, 'whisper-1'), SOUND))).toBe('Open to all.');
    await open.stop();
  });

  it('shows the user and password of the address where there is no key', async () => {
    const refused = await errorOf(
      hearing(openAiTranscriber(server.url.replace('//', '//anna:top%20secret@'), 'whisper-1'), SOUND),
    );
    const basic = Buffer.from('anna:top secret').toString('base64');
    expect(server.refused[0]).toContain(`Basic ${basic}`);
    expect(inspect(refused, { depth: 9 })).not.toContain('secret');
  });

  it('is no piece that is too large', async () => {
    const long = new Int16Array(13.2 * 1024 * 1024);
    await expect(hearing(transcriber(), long)).rejects.toMatchObject({
      code: 'engine_failed',
      retryable: false,
    });
    expect(server.asked).toEqual([]);
  });
});

describe('what goes wrong', () => {
  const failing = (code: string, message: string) => JSON.stringify({ error: { message, code } });
  const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

  it.each<[string, Trouble, object]>([
    ['no permission', { status: 403 }, { code: 'engine_unavailable', retryable: true }],
    [
      'no credit',
      { status: 429, body: failing('insufficient_quota', 'You exceeded …') },
      { retryable: true },
    ],
    ['to be paid', { status: 402 }, { code: 'engine_unavailable', retryable: true }],
    ['too many', { status: 429, headers: { 'retry-after': '20' } }, { retryAt: inSeconds(20) }],
    [
      'too many until a date',
      { status: 429, headers: { 'retry-after': 'Thu, 01 Jan 2026 12:01:00 GMT' } },
      { code: 'engine_unavailable', retryAt: inSeconds(60) },
    ],
    ['too many for ever', { status: 429, headers: { 'retry-after': '1e9' } }, { retryAt: inSeconds(3_600) }],
    ['too many, unreadably', { status: 429, headers: { 'retry-after': 'soon' } }, { retryAt: undefined }],
    ['a failure', { status: 500, body: 'oops' }, { code: 'engine_failed', retryable: true }],
    ['a gateway', { status: 502 }, { code: 'engine_unavailable', retryable: true }],
    ['maintenance', { status: 503, headers: { 'retry-after-ms': '1500' } }, { retryAt: inSeconds(1.5) }],
    [
      'elsewhere',
      { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
      { code: 'engine_unavailable' },
    ],
    ['a wrong path', { status: 404, body: '<html>' }, { code: 'engine_unavailable', retryable: true }],
    ['a bad recording', { status: 415 }, { code: 'engine_failed', retryable: false }],
    ['too large', { status: 413 }, { code: 'engine_failed', retryable: false }],
    ['broken off', { breakOff: true }, { code: 'engine_failed', retryable: true }],
    ['no JSON', { answer: '{"text": "Hel' }, { code: 'engine_failed', retryable: true }],
    ['a page', { answer: '<html>', type: 'text/html' }, { code: 'engine_failed', retryable: true }],
    ['other JSON', { answer: '{"words": []}' }, { code: 'engine_failed', retryable: true }],
    ['empty', { answer: '' }, { code: 'engine_failed', retryable: true }],
    ['slow', { silence: true }, { code: 'engine_timeout', retryable: true }],
  ])('%s', async (_, trouble, expected) => {
    server.troubles.push(trouble);
    const limits = 'silence' in trouble ? new Impatient() : undefined;
    const error = await errorOf(hearing(transcriber('whisper-1', limits), SOUND));
    expect(error).toBeInstanceOf(HarkError);
    expect(error).toMatchObject(expected);
    expect(server.asked).toHaveLength(1);
  });

  it('a refused key, which nobody gets to see', async () => {
    const wrong = openAiTranscriber(server.url, 'whisper-1', 'sk-this-is-wrong');
    const error = await errorOf(hearing(wrong, SOUND));
    expect(error).toMatchObject({ code: 'engine_unavailable', retryable: true });
    expect(error.userMessage).toMatch(/key/);
    expect(String(error.cause)).toContain('Incorrect API key provided: Bearer [key]');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('sk-this-is-wrong');
  });

  it('a model that the service does not know', async () => {
    const error = await errorOf(hearing(transcriber('whisper-9'), SOUND));
    expect(error).toMatchObject({ code: 'engine_unavailable', retryable: true });
    expect(error.userMessage).toMatch(/model/);
  });

  it('a service that does not translate', async () => {
    server.troubles.push({ status: 404 });
    const error = await errorOf(hearing(transcriber(), SOUND, { translate: true }));
    expect(error).toMatchObject({ code: 'engine_failed', retryable: false });
  });

  it('nobody there', async () => {
    const { url } = server;
    await server.stop();
    const heard = hearing(openAiTranscriber(url, 'whisper-1'), SOUND);
    await expect(heard).rejects.toMatchObject({ code: 'engine_unavailable', retryable: true });
    server = await OpenAiServer.start({ key: KEY });
  });

  it('being stopped: the connection is closed', async () => {
    server.troubles.push({ silence: true });
    const stop = new AbortController();
    const heard = hearing(transcriber(), SOUND, {}, stop.signal);
    heard.catch(() => undefined);
    await server.until(() => server.asked.length === 1);
    stop.abort(new Error('enough'));
    await expect(heard).rejects.toThrow('enough');
    await server.until(() => server.abandoned === 1);
  });
});

describe('whether it is there', () => {
  it('is looked at now and then, and shown by its work', async () => {
    const listener = transcriber();
    for (let look = 0; look < 3; look++) {
      await expect(listener.available()).resolves.toMatchObject({ state: 'ready' });
    }
    expect(server.asked).toEqual(['GET /v1/models/whisper-1']);
    server.down = { status: 503 };
    await errorOf(hearing(listener, SOUND));
    await expect(listener.available()).resolves.toMatchObject({ state: 'unavailable' });
    server.down = undefined;
    await hearing(listener, SOUND);
    await expect(listener.available()).resolves.toMatchObject({ state: 'ready' });
    expect(server.asked).toHaveLength(4);
  });

  it.each([
    ['a wrong key', () => openAiTranscriber(server.url, 'whisper-1', 'sk-wrong-key'), /does not accept/],
    ['an unknown model', () => transcriber('whisper-9'), /no model whisper-9/],
    ['nobody there', () => openAiTranscriber('http://127.0.0.1:9/v1', 'whisper-1'), /does not answer/],
  ])('%s', async (_, made, detail) => {
    const { state, detail: said } = await made().available();
    expect(state).toBe('unavailable');
    expect(said).toMatch(detail);
    expect(said).not.toContain('sk-');
  });
});
