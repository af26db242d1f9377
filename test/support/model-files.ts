import { ChildProcess, fork } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WhisperModelStore } from '../../src/transcribers/whisper-cpp/models/whisper-model.store';
import { ModelServer } from './model-server';
import { whisperSettings } from './whisper';

export const NEVER = new AbortController().signal;
export const MODEL = 'own-model';

/** What the tests of model files work with. */
interface ModelFiles {
  readonly server: ModelServer;
  readonly store: WhisperModelStore;
  /** Where models are kept; nobody has made it yet. */
  readonly directory: string;
  /** The file of the model that is set. */
  readonly file: string;
  /** Begins anew with these settings, in another folder. */
  prepare(more: Record<string, string>): void;
  leftInFolder(): string[];
  /** Expects the model's file to be what the server has. */
  isWhole(): void;
  /** Has another process download the model. */
  inAnotherProcess(): ChildProcess;
}

/** A server that has models, and a folder without any, for each test around it. */
export function modelFiles(): ModelFiles {
  let server: ModelServer;
  let variables: Record<string, string>;
  let store: WhisperModelStore;
  let directory: string;
  let file: string;
  const made: string[] = [];

  beforeEach(async () => {
    server = await ModelServer.start();
    prepare({ WHISPER_MODEL: MODEL, WHISPER_MODEL_SHA256: server.sha256 });
  });
  afterEach(async () => {
    await server.stop();
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
  });

  function prepare(more: Record<string, string>): void {
    variables = { WHISPER_MODEL_BASE_URL: server.url, ...more };
    const settings = whisperSettings(variables);
    variables.DATA_DIR = settings.dataDir;
    made.push(settings.dataDir);
    store = new WhisperModelStore(settings);
    directory = join(settings.dataDir, 'models');
    file = join(directory, `ggml-${settings.whisper.model}.bin`);
  }

  return {
    get server() {
      return server;
    },
    get store() {
      return store;
    },
    get directory() {
      return directory;
    },
    get file() {
      return file;
    },
    prepare,
    leftInFolder: () => (existsSync(directory) ? readdirSync(directory) : []),
    isWhole: () => expect(readFileSync(file).equals(server.file)).toBe(true),
    inAnotherProcess: () =>
      fork(join(__dirname, 'model-download.child.ts'), [], {
        execArgv: ['--require', join(__dirname, 'typescript-hook.cjs')],
        env: { ...process.env, NODE_ENV: 'test', ...variables },
      }),
  };
}
