import { rmSync } from 'node:fs';
import { Test } from '@nestjs/testing';
import { ModelStore } from '../core/model-store';
import { Transcriber } from '../core/transcriber';
import { Settings } from '../settings/settings';
import { SettingsModule } from '../settings/settings.module';
import { whisperSettings } from '../../test/support/whisper';
import { TranscribersModule } from './transcribers.module';

describe('the back ends', () => {
  const settings = whisperSettings();
  afterAll(() => rmSync(settings.dataDir, { recursive: true }));
  const compiled = (given: Settings) =>
    Test.createTestingModule({ imports: [SettingsModule.of(given), TranscribersModule] }).compile();

  it('are chosen by the settings', async () => {
    const app = await compiled(settings);
    expect(app.get(Transcriber).name).toBe('whisper-cpp');
    expect(app.get(ModelStore, { strict: false })).toBeInstanceOf(ModelStore);
    await app.close();
  });

  it('must exist', async () => {
    const wrong = compiled({ ...settings, transcribers: ['whisper-cpp', 'telepathy'] });
    await expect(wrong).rejects.toMatchObject({
      code: 'settings_invalid',
      userMessage: 'TRANSCRIBERS names something unknown. There is: whisper-cpp.',
    });
  });
});
