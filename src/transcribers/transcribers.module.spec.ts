import { rmSync } from 'node:fs';
import { Test } from '@nestjs/testing';
import { HealthModule } from '../core/health.module';
import { HealthRegistry } from '../core/health.registry';
import { ModelStore } from '../core/model-store';
import { Transcriber } from '../core/transcriber';
import { Settings } from '../settings/settings';
import { SettingsModule } from '../settings/settings.module';
import { hearing } from '../../test/contracts/transcriber.contract';
import { OpenAiServer } from '../../test/support/openai-server/openai-server';
import { serverBinary, whisperSettings } from '../../test/support/whisper';
import { TranscribersModule } from './transcribers.module';

describe('the back ends', () => {
  const made: Settings[] = [];
  afterAll(() => made.forEach(({ dataDir }) => rmSync(dataDir, { recursive: true })));
  const settingsWith = (variables: Record<string, string>): Settings => {
    const settings = whisperSettings({ WHISPER_SERVER_BIN: serverBinary(), ...variables });
    made.push(settings);
    return settings;
  };
  const compiled = async (given: Settings) => {
    const imports = [SettingsModule.of(given), HealthModule, TranscribersModule];
    const app = await Test.createTestingModule({ imports }).compile();
    app.useLogger(false);
    return app;
  };

  it('are chosen by the settings', async () => {
    const app = await compiled(settingsWith({}));
    expect(app.get(Transcriber).name).toBe('whisper-cpp');
    expect(app.get(ModelStore, { strict: false })).toBeInstanceOf(ModelStore);
    await app.close();
  });

  it('must exist', async () => {
    const wrong = compiled({ ...settingsWith({}), transcribers: ['whisper-cpp', 'telepathy'] });
    await expect(wrong).rejects.toMatchObject({
      code: 'settings_invalid',
      userMessage: 'TRANSCRIBERS names something unknown. There is: whisper-cpp, openai.',
    });
  });

  it('are looked at one by one, and what is broken is bearable while another one works', async () => {
    const server = await OpenAiServer.start();
    const openai = { OPENAI_BASE_URL: server.url, OPENAI_MODEL: 'whisper-1' };
    const app = await compiled({
      ...settingsWith({ TRANSCRIBERS: 'openai,whisper-cpp', ...openai }),
      roles: new Set(),
    });
    const states = async () =>
      Object.fromEntries(
        (await app.get(HealthRegistry).report()).map(({ name, state, detail }) => [name, { state, detail }]),
      );
    expect(await states()).toMatchObject({
      openai: { state: 'ok', detail: expect.stringContaining('asked first') },
      'speech api': { state: 'ok', detail: expect.stringContaining('whisper-1') },
      'whisper-cpp': { state: 'ok' },
      engine: { state: 'ok' },
      model: { state: 'warning' },
    });

    server.down = { status: 503 };
    const listener = app.get(Transcriber);
    await hearing(listener, new Int16Array(16_000).fill(9), { language: 'en' });
    expect(await states()).toMatchObject({
      openai: {
        state: 'warning',
        detail: expect.stringMatching(/^Out of use: .* It is (tested at 20|being tested)/),
      },
      'speech api': { state: 'warning', detail: expect.stringContaining('503') },
      engine: { state: 'ok' },
    });
    await app.close();
    await server.stop();
  });

  it('are broken when none works', async () => {
    const openai = { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', OPENAI_MODEL: 'whisper-1' };
    const app = await compiled(settingsWith({ TRANSCRIBERS: 'openai', ...openai }));
    expect(await app.get(HealthRegistry).report()).toEqual([
      expect.objectContaining({ name: 'openai', state: 'broken' }),
      expect.objectContaining({ name: 'speech api', state: 'broken' }),
    ]);
    await app.close();
  });
});
