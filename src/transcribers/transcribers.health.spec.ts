import { rm } from 'node:fs/promises';
import { Test } from '@nestjs/testing';
import { whisperSettings } from '../../test/support/whisper';
import { HealthRegistry } from '../core/health.registry';
import { Role } from '../settings/settings';
import { SettingsModule } from '../settings/settings.module';
import { TranscribersModule } from './transcribers.module';

describe('the back ends, on a machine that has no engine', () => {
  async function states(...roles: Role[]): Promise<Record<string, string>> {
    const settings = {
      ...whisperSettings({ WHISPER_SERVER_BIN: '/nowhere/whisper-server' }),
      roles: new Set(roles),
    };
    const imports = [SettingsModule.of(settings), TranscribersModule];
    const app = await Test.createTestingModule({ imports }).compile();
    try {
      const reports = await app.get(HealthRegistry, { strict: false }).report();
      return Object.fromEntries(reports.map(({ name, state }) => [name, state]));
    } finally {
      await app.close();
      await rm(settings.dataDir, { recursive: true, force: true });
    }
  }

  it('are nothing to a process that leaves the listening to others', async () => {
    expect(await states('api', 'bot')).toEqual({ 'whisper-cpp': 'off' });
  });

  it('are broken to the doctor, who looks for everybody', async () => {
    expect(await states()).toMatchObject({ 'whisper-cpp': 'broken', engine: 'broken' });
  });
});
