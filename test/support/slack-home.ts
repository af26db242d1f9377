import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test, TestingModule } from '@nestjs/testing';
import { AppModule } from '../../src/app.module';
import { Clock } from '../../src/core/clock';
import { loadSettings } from '../../src/settings/load-settings';
import { Role, Settings } from '../../src/settings/settings';
import { lookingSettings } from '../../src/settings/tool-settings';
import { ShiftedClock } from './shifted-clock';
import { SlackServer, SlackServerOptions } from './slack-server/slack-server';

/** hark at home in a Slack of its own. */
export interface SlackHome {
  slack: SlackServer;
  app: TestingModule;
  clock: ShiftedClock;
  /** Ends hark and starts it once more at the same Slack, with the same data. */
  again(variables?: Record<string, string>): Promise<TestingModule>;
  close(): Promise<void>;
}

export interface SlackHomeOptions extends SlackServerOptions {
  /** None unless told: nothing connects or works by itself. */
  roles?: Role[];
  /** As in the environment. */
  variables?: Record<string, string>;
}

/** The whole of hark in this process, and a local Slack for it. Without a server of its own, so without HTTP. */
export async function openSlackHome(options: SlackHomeOptions = {}): Promise<SlackHome> {
  const { roles = [], variables, ...serverOptions } = options;
  const slack = await SlackServer.start(serverOptions);
  try {
    return await moveIn(slack, roles, variables);
  } catch (error) {
    await slack.stop();
    throw error;
  }
}

async function moveIn(
  slack: SlackServer,
  roles: readonly Role[],
  variables: SlackHomeOptions['variables'],
): Promise<SlackHome> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hark-slack-'));
  const clock = new ShiftedClock();
  const start = async (given = variables): Promise<TestingModule> => {
    const app = await Test.createTestingModule({
      imports: [AppModule.with(slackSettings(slack, dataDir, roles, given))],
    })
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    return app.init();
  };
  const home: SlackHome = {
    slack,
    app: await start(),
    clock,
    again: async (given) => {
      await home.app.close();
      home.app = await start(given);
      return home.app;
    },
    close: async () => {
      await home.app.close();
      await slack.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return home;
}

/** Settings for hark at that Slack; Socket Mode unless `variables` say something else. */
export function slackSettings(
  slack: SlackServer,
  dataDir: string,
  roles: readonly Role[],
  variables: Record<string, string> = { SLACK_APP_TOKEN: slack.appToken },
): Settings {
  const settings = loadSettings(
    {
      NODE_ENV: 'test',
      DATA_DIR: dataDir,
      WHISPER_MODEL: 'demo',
      // Every note is to be listened to.
      REUSE_DAYS: '0',
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
      MEDIA_ALLOW_HOSTS: slack.filesHost,
      ...variables,
    },
    { cwd: dataDir, terminal: false },
  );
  return { ...lookingSettings(settings), roles: new Set(roles) };
}
