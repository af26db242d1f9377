import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { DEMO_PATH } from '../../src/transcribers/whisper-cpp/models/bundled-model';
import { untilLoaded } from './engine-child';
import { killed } from './processes';
import { serverBinary } from './whisper';

const LOOK_EVERY_MS = 20;

/** whisper.cpp's own server with the demonstration model, as somebody else runs it. */
export class WhisperServer implements AsyncDisposable {
  private child?: ChildProcess;

  private constructor(
    readonly port: number,
    private readonly path: string,
  ) {}

  /** @param path of its inference, `/v1/audio/transcriptions` for OpenAI's clients */
  static async start(path = '/v1/audio/transcriptions'): Promise<WhisperServer> {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const server = new WhisperServer(port, path);
    await server.start();
    return server;
  }

  /** Runs again at the same port. Resolves when it answers. */
  async start(): Promise<void> {
    const address = ['--host', '127.0.0.1', '--port', String(this.port), '--inference-path', this.path];
    const quick = ['--threads', '2', '--audio-ctx', '512', '--no-language-probabilities'];
    const args = ['--model', DEMO_PATH, '--language', 'auto', ...quick, ...address];
    const child = spawn(serverBinary(), args, {
      stdio: 'ignore',
      cwd: '/',
      env: { ...process.env, OMP_WAIT_POLICY: 'passive' },
    });
    this.child = child;
    await untilLoaded(child, this.url, LOOK_EVERY_MS);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async kill(): Promise<void> {
    if (this.child) await killed(this.child);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
