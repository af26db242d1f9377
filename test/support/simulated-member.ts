import { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AppModule } from '../../src/app.module';
import { PlatformRegistry } from '../../src/core/platform.registry';
import { LinkFetcher, MediaReader } from '../../src/core/media';
import { Transcriber } from '../../src/core/transcriber';
import { DecoderPool } from '../../src/media/pool/decoder-pool.service';
import { loadSettings } from '../../src/settings/load-settings';
import { SimulatedChat } from './simulated-chat';
import { EmptyLinks, HearingTime, SimulatedReader, WaitingTranscriber } from './simulated-ears';

export interface SimulatedMemberOptions {
  /** As in the environment: `ROLES`, `REDIS_URL`, `DATABASE_URL`, `DATA_DIR` … */
  variables: Record<string, string>;
  hearing: HearingTime;
  chat: SimulatedChat;
}

/** One process of hark, whole, but with nothing to hear and a chat that only waits. */
export async function openSimulatedMember(options: SimulatedMemberOptions): Promise<INestApplicationContext> {
  const { variables, hearing, chat } = options;
  const settings = loadSettings(
    {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      // Of which nothing is asked.
      WHISPER_SERVER_URL: 'http://127.0.0.1:9',
      ADMIN_TOKEN: 'hark-admin-token-of-the-simulation',
      RATE_LIMIT_JOBS_PER_HOUR: '0',
      RATE_LIMIT_AUDIO_MINUTES_PER_DAY: '0',
      RATE_LIMIT_ACTIVE_JOBS: '0',
      ...variables,
    },
    { terminal: false },
  );
  const module = await Test.createTestingModule({ imports: [AppModule.with(settings)] })
    .overrideProvider(MediaReader)
    .useValue(new SimulatedReader())
    .overrideProvider(LinkFetcher)
    .useValue(new EmptyLinks())
    .overrideProvider(Transcriber)
    .useValue(new WaitingTranscriber(hearing))
    // It would keep decoder processes ready, which nobody needs here.
    .overrideProvider(DecoderPool)
    .useValue({})
    .compile();
  module.get(PlatformRegistry, { strict: false }).add(chat);
  return module.createNestApplication({ logger: false }).init();
}
