import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { DEMO_PATH } from '../../src/transcribers/whisper-cpp/models/bundled-model';
import { serverBinary } from './whisper';

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
    const up = async (): Promise<boolean> => {
      if (child.exitCode !== null) throw new Error(`whisper-server ended with ${child.exitCode}`);
      const page = await fetch(`http://127.0.0.1:${this.port}/health`).catch(() => undefined);
      return page?.status === 200;
    };
    // It tells nobody when it listens.
    while (!(await up())) await pause(20);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
