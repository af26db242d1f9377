import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { textOf } from '../../core/transcript';
import { cutAtPauses, Note, NOTES, samplesOf } from '../../../test/support/notes';
import { serverBinary, WhisperRig, whisperSettings } from '../../../test/support/whisper';
import { DEMO_PATH } from './models/bundled-model';

jest.setTimeout(120_000);

describe('the sample notes, word for word', () => {
  const rig = new WhisperRig(whisperSettings({ WHISPER_SERVER_BIN: serverBinary() }));
  afterAll(() => rig.close());

  /** More sentences than the demonstration model can keep apart in one piece come in several. */
  async function hearNote({ file, seconds }: Note, options: { language?: string; translate?: boolean } = {}) {
    const samples = samplesOf(file);
    const pieces = seconds > 10 ? cutAtPauses(samples) : [{ start: 0, samples }];
    const heard = [];
    for (const piece of pieces)
      heard.push(...(await rig.hear(piece.samples, { ...options, start: piece.start })));
    return heard;
  }

  it.each(NOTES)('$file in the language it is told', async (note) => {
    expect(textOf(await hearNote(note, { language: note.language }))).toBe(note.text);
  });

  it.each(NOTES)('$file in the language it finds out', async (note) => {
    const { language, text } = note;
    const segments = await hearNote(note);
    expect(textOf(segments)).toBe(text);
    expect(new Set(segments.map((segment) => segment.language))).toEqual(new Set([language]));
  });

  it.each(NOTES.filter(({ english }) => english !== undefined))('$file in English', async (note) => {
    const segments = await hearNote(note, { translate: true });
    expect(textOf(segments)).toBe(note.english);
    expect(segments.map(({ language }) => language)).toEqual(segments.map(() => 'de'));
  });
});

describe('what is heard', () => {
  const rig = new WhisperRig(whisperSettings({ WHISPER_SERVER_BIN: serverBinary() }));
  afterAll(() => rig.close());

  it('has its times on the whole, word by word', async () => {
    const [segment, ...others] = await rig.hear(samplesOf('01-en.ogg'), { start: 100, language: 'en' });
    expect(others).toEqual([]);
    expect(segment).toMatchObject({ text: 'Hello Peter, please bring three white flowers.', language: 'en' });
    const { start = 0, end = 0, words = [], confidence = 0 } = segment ?? {};
    expect(words.map(({ text }) => text)).toEqual(segment?.text.split(' '));
    expect(start).toBeGreaterThanOrEqual(100);
    expect(end).toBeLessThanOrEqual(103.36);
    for (const word of words) {
      expect(word.start).toBeGreaterThanOrEqual(100);
      expect(word.end).toBeGreaterThanOrEqual(word.start);
      expect(word.end).toBeLessThanOrEqual(103.36);
    }
    expect(words.map((word) => word.start)).toEqual(words.map((word) => word.start).sort((a, b) => a - b));
    expect(confidence).toBeGreaterThan(0.8);
    expect(confidence).toBeLessThanOrEqual(1);
  });

  it('does not hang on what was heard before', async () => {
    const short = samplesOf('03-de.ogg');
    const long = new Int16Array(20 * 16_000);
    long.set(samplesOf('01-en.ogg'));
    const alone = await rig.hear(short);
    await rig.hear(long);
    expect(await rig.hear(short)).toEqual(alone);
  });

  it('is nothing where there is no sound, and something where there is very little', async () => {
    await expect(rig.hear(new Int16Array(0))).resolves.toEqual([]);
    await expect(rig.hear(samplesOf('03-de.ogg').subarray(0, 3_000))).resolves.toEqual(expect.any(Array));
  });

  it('may follow a prompt, whatever is in it', async () => {
    const prompt =
      '"}\r\n--boundary\r\nContent-Disposition: form-data; name="audio_ctx"\r\n\r\n1\r\n <|endoftext|>';
    const heard = await rig.hear(samplesOf('03-de.ogg'), { language: 'de', prompt });
    expect(heard.length).toBeGreaterThan(0);
  });

  it('is in no language that the engine does not know', async () => {
    const heard = rig.hear(samplesOf('03-de.ogg'), { language: 'xx' });
    await expect(heard).rejects.toMatchObject({ code: 'language_unknown' });
  });

  it('is heard by no model but those that the settings name', async () => {
    for (const model of ['tiny', '/etc/passwd', 'demo2']) {
      const heard = rig.hear(samplesOf('03-de.ogg'), { model });
      await expect(heard).rejects.toMatchObject({ code: 'model_unknown' });
    }
    await expect(rig.hear(samplesOf('03-de.ogg'), { model: 'demo' })).resolves.toHaveLength(1);
  });
});

describe('the models of one service', () => {
  it('may be two: one for drafts', async () => {
    const draft = { WHISPER_SERVER_BIN: serverBinary(), WHISPER_MODEL: DEMO_PATH, DRAFT_MODEL: 'demo' };
    const rig = new WhisperRig(whisperSettings(draft));
    const text = 'Danke Peter, ich bin am Bahnhof.';
    expect(textOf(await rig.hear(samplesOf('03-de.ogg'), { model: 'demo' }))).toBe(text);
    expect(textOf(await rig.hear(samplesOf('03-de.ogg')))).toBe(text);
    expect(() => rig.enginePid).toThrow('Not exactly one');
    await rig.close();
  });

  it('is refused when its file is not there', async () => {
    const bogus = { WHISPER_SERVER_BIN: serverBinary(), WHISPER_MODEL: '/nowhere/ggml-base.bin' };
    const rig = new WhisperRig(whisperSettings(bogus));
    await expect(rig.hear(samplesOf('03-de.ogg'))).rejects.toMatchObject({ code: 'model_not_found' });
    await expect(rig.transcriber.available()).resolves.toMatchObject({ state: 'unavailable' });
    await rig.close();
  });
});

describe('an engine elsewhere', () => {
  it('is asked, and missed when it is gone', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const args = ['--model', DEMO_PATH, '--port', String(port), '--request-path', '/engine'];
    const server = spawn(serverBinary(), args, { stdio: 'ignore' });
    const rig = new WhisperRig(whisperSettings({ WHISPER_SERVER_URL: `http://127.0.0.1:${port}/engine` }));
    while ((await rig.transcriber.available()).state !== 'ready');

    expect(textOf(await rig.hear(samplesOf('03-de.ogg')))).toBe('Danke Peter, ich bin am Bahnhof.');
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
    await expect(rig.hear(samplesOf('03-de.ogg'))).rejects.toMatchObject({
      code: 'engine_unavailable',
      retryable: true,
    });
    await expect(rig.transcriber.available()).resolves.toMatchObject({ state: 'unavailable' });
    await rig.close();
  });
});
