import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './free-port';

/** A real redis-server of this test's own, without persistence. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** Runs one command, e.g. `ask('LLEN', 'a list')`. */
  ask(command: string, ...args: (string | number)[]): Promise<unknown>;
  /** Forgets everything. */
  flush(): Promise<void>;
  /** Ends at once, as a crash would. Its port stays free for `start`. */
  kill(): Promise<void>;
  /** Runs again on the same port, empty. */
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Hangs: connections stay, nothing answers. */
  pause(): void;
  resume(): void;
  /** Ends for good and removes what it left. */
  stop(): Promise<void>;
}

/** Starts a server and waits until it answers; with `down` it only reserves a port, for a later `start`. */
export async function startRedis(
  options: { port?: number; down?: boolean; password?: string } = {},
): Promise<TestRedis> {
  const port = options.port ?? (await freePort());
  const directory = await mkdtemp(join(tmpdir(), 'hark-redis-'));
  const { password } = options;
  const url = `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${port}`;
  let server: ChildProcess | undefined;

  const ask = async (command: string, ...args: (string | number)[]): Promise<unknown> => {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: null });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.call(command, ...args);
    } finally {
      client.disconnect();
    }
  };
  const start = async (): Promise<void> => {
    const args = [
      '--port',
      port,
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      directory,
      ...(password === undefined ? [] : ['--requirepass', password]),
    ];
    const child = spawn('redis-server', args.map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
    server = child;
    await readyToAccept(child);
    if ((await ask('PING')) !== 'PONG') throw new Error('redis-server does not answer PING');
  };
  const kill = async (): Promise<void> => {
    const child = server;
    server = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };

  if (!options.down) await start();
  return {
    url,
    port,
    ask,
    flush: async () => void (await ask('FLUSHALL')),
    kill,
    start,
    restart: async () => {
      await kill();
      await start();
    },
    pause: () => void server?.kill('SIGSTOP'),
    resume: () => void server?.kill('SIGCONT'),
    stop: async () => {
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function readyToAccept(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}:\n${output}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Ready to accept connections')) resolve();
    });
  });
}
