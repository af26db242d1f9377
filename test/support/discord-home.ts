import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test, TestingModule } from '@nestjs/testing';
import { AppModule } from '../../src/app.module';
import { Clock } from '../../src/core/clock';
import { DiscordTimings } from '../../src/platforms/discord/discord-timings';
import { VoiceReceiver } from '../../src/platforms/discord/voice/voice-receiver';
import { loadSettings } from '../../src/settings/load-settings';
import { Role } from '../../src/settings/settings';
import { lookingSettings } from '../../src/settings/tool-settings';
import { DiscordServer, DiscordServerOptions } from './discord-server/discord-server';
import { ShiftedClock } from './shifted-clock';

/** hark at home in a Discord of its own. */
export interface DiscordHome {
  server: DiscordServer;
  app: TestingModule;
  clock: ShiftedClock;
  close(): Promise<void>;
}

export interface DiscordHomeOptions extends DiscordServerOptions {
  /** None unless told: nothing connects or works by itself. */
  roles?: Role[];
  timings?: Partial<DiscordTimings>;
  /** In the place of Discord's voice servers. */
  receiver?: VoiceReceiver;
  /** As in the environment. */
  variables?: Record<string, string>;
}

/** The whole of hark in this process, and a local Discord for it. */
export async function openDiscordHome(options: DiscordHomeOptions = {}): Promise<DiscordHome> {
  const { roles = [], timings, receiver, variables, ...serverOptions } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'hark-discord-'));
  const server = await DiscordServer.start(serverOptions);
  const clock = new ShiftedClock();
  const settings = loadSettings(
    {
      NODE_ENV: 'test',
      DATA_DIR: dataDir,
      WHISPER_MODEL: 'demo',
      // Every note is to be listened to.
      REUSE_DAYS: '0',
      DISCORD_TOKEN: server.token,
      DISCORD_API_URL: server.apiUrl,
      MEDIA_ALLOW_HOSTS: server.cdnHost,
      ...variables,
    },
    { cwd: dataDir, terminal: false },
  );
  const close = async (app?: TestingModule): Promise<void> => {
    await app?.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const module = Test.createTestingModule({
      imports: [AppModule.with({ ...lookingSettings(settings), roles: new Set(roles) })],
    })
      .overrideProvider(Clock)
      .useValue(clock)
      .overrideProvider(DiscordTimings)
      .useValue(new DiscordTimings(timings));
    if (receiver) module.overrideProvider(VoiceReceiver).useValue(receiver);
    const app = await module.compile();
    await app.init();
    return { server, app, clock, close: () => close(app) };
  } catch (error) {
    await close();
    throw error;
  }
}
