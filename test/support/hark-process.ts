import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openAsBlob } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { ReadableWritablePair } from 'node:stream/web';
import { EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream';
import { JobView } from '../../src/api/jobs/job.view';
import { documentedFetch } from './documented-errors';
import { harkEnvironment } from './hark-environment';
import { Journal } from './journal';

const TOKEN = 'hark_token-of-the-tests';

/** The built service as a process of its own, with the demonstration model and a data folder that outlives it. */
export class HarkProcess implements AsyncDisposable {
  private child?: ChildProcess;
  private base = '';
  private readonly lines = new Journal<string>();

  /**
   * @param dataDir is there, and may be shared with others; only who made it removes it
   * @param complain hears what it writes to stderr, which is in the log, too
   */
  constructor(
    readonly dataDir: string,
    private readonly variables: Record<string, string>,
    private readonly complain = (line: string): void => void process.stderr.write(`${line}\n`),
  ) {}

  static async start(variables: Record<string, string> = {}): Promise<HarkProcess> {
    const hark = new HarkProcess(await mkdtemp(join(tmpdir(), 'hark-process-')), variables);
    await hark.start();
    return hark;
  }

  /** Runs again on the same data. Resolves once it listens. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--max-semi-space-size=2', resolve('dist/main.js')], {
      cwd: this.dataDir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...harkEnvironment(),
        NODE_ENV: 'production',
        PORT: '0',
        DATA_DIR: this.dataDir,
        WHISPER_MODEL: 'demo',
        // Every note is to be listened to.
        REUSE_DAYS: '0',
        ADMIN_TOKEN: TOKEN,
        LOG_FORMAT: 'json',
        ...this.variables,
      },
    });
    this.child = child;
    const listening = Promise.withResolvers<string>();
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.lines.add(line);
      const url = /Listening on (http:\/\/[^"\s]+)/.exec(line)?.[1];
      if (url) listening.resolve(url);
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      this.lines.add(line);
      this.complain(line);
    });
    child.once('exit', (code) =>
      listening.reject(new Error(`hark ended with ${code}:\n${this.log.join('\n')}`)),
    );
    this.base = await listening.promise;
  }

  /** Everything that it logged, a line each. */
  get log(): readonly string[] {
    return this.lines.entries;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** The first line of the log that fits, as soon as it is there. */
  async logged(fits: (line: string) => boolean): Promise<string> {
    await this.lines.until((lines) => lines.some(fits));
    return this.log.find(fits) ?? '';
  }

  /** Whether there is a process, listening or on its way to it. */
  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Resolves when the present process has ended, whoever ended it. */
  async exited(): Promise<void> {
    if (this.child && this.isRunning) await once(this.child, 'exit');
  }

  /** Resolves once so many lines of its log have this in them. */
  said(words: string, times = 1): Promise<void> {
    return this.lines.until((lines) => lines.filter((line) => line.includes(words)).length >= times);
  }

  /** @param signal SIGKILL ends it as a crash would. Resolves to the exit code. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.child;
    if (!child || !this.isRunning) return child?.exitCode ?? null;
    const exit = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    return (await exit)[0];
  }

  /** Ends it and removes its data. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  call(path: string, init: RequestInit = {}): Promise<Response> {
    return documentedFetch(`${this.base}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, ...(init.headers as Record<string, string> | undefined) },
    });
  }

  async submit(path: string, fields: Record<string, string> = {}): Promise<JobView> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', await openAsBlob(path), basename(path));
    const response = await this.call('/api/v1/transcriptions', { method: 'POST', body: form });
    if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
    return (await response.json()) as JobView;
  }

  async job(id: string): Promise<JobView> {
    return (await (await this.call(`/api/v1/jobs/${id}`)).json()) as JobView;
  }

  /** The job's events from its beginning; the stream ends with the job. */
  async *events(id: string): AsyncGenerator<EventSourceMessage> {
    const { body } = await this.call(`/api/v1/jobs/${id}/events`);
    if (body === null) throw new Error('no event stream');
    const text = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>);
    for await (const event of text.pipeThrough(new EventSourceParserStream())) yield event;
  }

  /** Waits for the job's end. */
  async ended(id: string): Promise<JobView> {
    for await (const { event } of this.events(id)) if (event === 'done') break;
    return this.job(id);
  }

  async read(path: string, fields: Record<string, string> = {}): Promise<JobView> {
    const { id } = await this.submit(path, fields);
    return this.ended(id);
  }

  /** Resident memory of the Node process in MiB. */
  async residentMemory(): Promise<number> {
    const status = await readFile(`/proc/${this.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  }
}
