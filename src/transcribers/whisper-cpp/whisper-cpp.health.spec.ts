import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Test } from '@nestjs/testing';
import { Settings } from '../../settings/settings';
import { SettingsModule } from '../../settings/settings.module';
import { samplesOf } from '../../../test/support/notes';
import { serverBinary, whisperSettings } from '../../../test/support/whisper';
import { WhisperCppHealth } from './whisper-cpp.health';
import { WhisperCppModule } from './whisper-cpp.module';
import { WhisperCppTranscriber } from './whisper-cpp.transcriber';

jest.setTimeout(60_000);

describe('what the engine and its model say of themselves', () => {
  const made: Settings[] = [];
  afterAll(() => made.forEach(({ dataDir }) => rmSync(dataDir, { recursive: true, force: true })));

  async function reports(settings: Settings, after?: (transcriber: WhisperCppTranscriber) => Promise<void>) {
    made.push(settings);
    const imports = [SettingsModule.of(settings), WhisperCppModule];
    const app = await Test.createTestingModule({ imports }).compile();
    try {
      await after?.(app.get(WhisperCppTranscriber, { strict: false }));
      return Object.fromEntries(
        (await app.get(WhisperCppHealth, { strict: false }).check()).map(({ name, ...rest }) => [name, rest]),
      );
    } finally {
      await app.close();
    }
  }

  /** As `hark doctor` looks: nothing runs. */
  function looking(variables: Record<string, string>): Settings {
    return { ...whisperSettings(variables), roles: new Set() };
  }

  it('while nothing runs', async () => {
    const { engine, model } = await reports(looking({ WHISPER_SERVER_BIN: serverBinary() }));
    expect(engine).toEqual({ state: 'ok', detail: 'The speech engine is installed.' });
    expect(model).toMatchObject({ state: 'warning', remedy: expect.stringContaining('WHISPER_MODEL') });
  });

  it('when all is well', async () => {
    const settings = whisperSettings({ WHISPER_SERVER_BIN: serverBinary() });
    const { engine } = await reports(settings, async (transcriber) => {
      const piece = {
        index: 0,
        start: 0,
        samples: samplesOf('03-de.ogg'),
        content: 'speech',
        progress: 1,
      } as const;
      const options = { language: 'de', translate: false };
      for await (const _ of transcriber.transcribe(piece, options, new AbortController().signal));
    });
    expect(engine).toEqual({ state: 'ok', detail: 'The model demo is loaded.' });
  });

  it('before the model has been downloaded', async () => {
    const { model } = await reports(looking({ WHISPER_MODEL: 'base-q8_0' }));
    expect(model).toEqual({
      state: 'warning',
      detail: 'The model base-q8_0 (82 MB) is downloaded at the first start.',
      remedy: 'hark models pull base-q8_0',
    });
  });

  it('when the model is unknown, not there, or broken', async () => {
    const unknown = await reports(looking({ WHISPER_MODEL: 'gigantic' }));
    expect(unknown.model).toMatchObject({ state: 'broken', detail: expect.stringContaining('gigantic') });
    const absent = await reports(looking({ WHISPER_MODEL: '/nowhere/x.bin' }));
    expect(absent.model).toMatchObject({ state: 'broken', remedy: expect.stringContaining('settings') });
    const settings = looking({ WHISPER_MODEL: 'tiny' });
    mkdirSync(join(settings.dataDir, 'models'));
    writeFileSync(join(settings.dataDir, 'models', 'ggml-tiny.bin'), 'not a model');
    const spoilt = await reports(settings);
    expect(spoilt.model).toMatchObject({
      state: 'broken',
      remedy: expect.stringContaining('hark models pull'),
    });
  });

  it('when the engine cannot be had', async () => {
    const wrong = await reports(looking({ WHISPER_SERVER_BIN: '/nowhere/engine' }));
    expect(wrong.engine).toMatchObject({
      state: 'broken',
      detail: expect.stringContaining('WHISPER_SERVER_BIN'),
    });
    const away = await reports(looking({ WHISPER_SERVER_URL: 'http://127.0.0.1:9' }));
    expect(away.engine).toMatchObject({
      state: 'broken',
      remedy: expect.stringContaining('WHISPER_SERVER_URL'),
    });
    expect(away.model).toMatchObject({ state: 'off' });
  });
});
