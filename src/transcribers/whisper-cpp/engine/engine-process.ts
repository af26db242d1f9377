import { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { orAborted } from '../../or-aborted';
import { EngineClient } from './engine-client';
import { killGroup, spawnLeashed } from './leashed-process';
import { residentBytes } from './process-facts';

const LAST_LINES = 20;
const LOOK_EVERY_MS = 20;
/** What the server says when it has noticed that nobody waits for the answer any more. */
const STOPPED = /client disconnected, aborted processing/;
/**
 * OpenMP's threads spin between two pieces of work by default; with one core busy elsewhere decoding then takes four
 * times as long.
 */
const ENVIRONMENT = { OMP_WAIT_POLICY: 'passive' };
/**
 * Flash attention looks at positions in steps of 256, whatever a question needs; without it a short note costs a third
 * less, and a long one no more. It takes more memory for that, with `base` up to 95 MiB. Since whisper.cpp 1.8.
 */
const EXACT_CONTEXT = '--no-flash-attn';

export interface EngineCommand {
  binary: string;
  model: string;
  threads: number;
}

/** One running whisper.cpp server of our own, on a random port of this machine and under a random path. */
export class EngineProcess {
  readonly client: EngineClient;
  /** Resolves when the process has ended, with how. */
  readonly ended: Promise<string>;
  private hasEnded = false;
  private readonly lines: string[] = [];
  private heard = new AbortController();

  private constructor(
    private readonly child: ChildProcess,
    url: string,
    /** The random path, which tells this process from all others. */
    readonly mark: string,
    onLine: (line: string) => void,
  ) {
    this.client = new EngineClient(url, true);
    this.ended = this.end();
    if (child.stderr) createInterface(child.stderr).on('line', (line) => this.hear(line, onLine));
  }

  /** Does not wait until it is ready. `/load` and `--convert` stay out of reach: nobody knows the path. */
  static async start(
    { binary, model, threads }: EngineCommand,
    onLine: (line: string) => void,
  ): Promise<EngineProcess> {
    const [host, port, mark] = ['127.0.0.1', await freePort(), randomBytes(16).toString('hex')];
    const address = ['--host', host, '--port', String(port), '--request-path', `/${mark}`];
    const args = ['--model', model, '--threads', String(threads), EXACT_CONTEXT, ...address];
    // In the root folder the server finds no files to serve.
    const child = spawnLeashed(binary, args, { cwd: '/', env: ENVIRONMENT, stdout: 'ignore' });
    return new EngineProcess(child, `http://${host}:${port}/${mark}`, mark, onLine);
  }

  /** Undefined when it could not even be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /** The last lines it wrote. */
  get lastWords(): string {
    return this.lines.join('\n');
  }

  /** Until it answers with its model loaded. False when it has ended instead. */
  async ready(signal: AbortSignal): Promise<boolean> {
    while (!this.hasEnded) {
      if (await orAborted(this.client.isUp(), signal)) return true;
      await pause(LOOK_EVERY_MS, undefined, { signal });
    }
    return false;
  }

  /** Whether it says within so many milliseconds that it has stopped a decode that was abandoned just now. */
  async stopsWithin(milliseconds: number): Promise<boolean> {
    this.heard = new AbortController();
    const deadline = AbortSignal.timeout(milliseconds);
    const said = once(this.heard.signal, 'abort', { signal: deadline });
    return said.then(
      () => true,
      () => false,
    );
  }

  async residentBytes(): Promise<number | undefined> {
    return this.pid === undefined ? undefined : residentBytes(this.pid);
  }

  async kill(): Promise<void> {
    killGroup(this.pid);
    await this.ended;
  }

  private hear(line: string, onLine: (line: string) => void): void {
    this.lines.push(line);
    if (this.lines.length > LAST_LINES) this.lines.shift();
    if (STOPPED.test(line)) this.heard.abort();
    if (line.trim() !== '') onLine(line);
  }

  private async end(): Promise<string> {
    const how = await new Promise<string>((resolve) => {
      this.child.once('error', (error) => resolve(error.message));
      this.child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    this.hasEnded = true;
    await this.client.close();
    return how;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}
