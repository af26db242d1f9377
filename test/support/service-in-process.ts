import { readdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestExpressApplication } from '@nestjs/platform-express';
import { createService } from '../../src/app.module';
import { loadSettings } from '../../src/settings/load-settings';
import { serverBinary } from './whisper';

export const ADMIN_TOKEN = 'hark-admin-token-of-the-tests';
export const VIEWER_TOKEN = 'hark-viewer-token-of-the-tests';

/** The whole service in this process, on a free port, with a data folder of its own. */
export interface RunningService {
  app: NestExpressApplication;
  url: string;
  dataDir: string;
  /** Files that wait to be read or are being read. */
  temporaryFiles(): Promise<string[]>;
  /** Returns when there is none any more; removing them is the last thing that follows from a job's end. */
  cleared(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts hark with the demonstration model.
 *
 * @param variables as in the environment; with `DATA_DIR` it shares the data of another one, and leaves them alone
 */
export async function startService(variables: Record<string, string> = {}): Promise<RunningService> {
  const shared = variables.DATA_DIR !== undefined;
  const dataDir = variables.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'hark-service-')));
  const settings = loadSettings(
    {
      NODE_ENV: 'test',
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      WHISPER_MODEL: 'demo',
      // Every note is to be listened to.
      REUSE_DAYS: '0',
      WHISPER_SERVER_BIN: serverBinary(),
      ADMIN_TOKEN,
      VIEWER_TOKEN,
      PATH: process.env.PATH ?? '',
      ...variables,
    },
    { cwd: dataDir, terminal: false },
  );
  const app = await createService(settings);
  await app.listen(settings.port, settings.host);
  const temporaryFiles = async (): Promise<string[]> => {
    const folders = ['tmp', 'uploads'].map((name) => filesWithin(join(dataDir, name)));
    return (await Promise.all(folders)).flat();
  };
  return {
    app,
    url: await app.getUrl(),
    dataDir,
    temporaryFiles,
    cleared: async () => {
      while ((await temporaryFiles()).length > 0) await new Promise((resolve) => setImmediate(resolve));
    },
    close: async () => {
      await app.close();
      if (!shared) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function filesWithin(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name));
}
