import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { QueueTimings } from '../../src/queue/queue-timings';
import { Journal } from './journal';

export interface QueueProcessOptions {
  dataDir: string;
  redisUrl?: string;
  slots: number;
  leaseMs: number;
  /** Never ends the work it begins. */
  holds: boolean;
  timings?: Partial<QueueTimings>;
}

export interface QueueProcess {
  /** What the worker in there reports. */
  journal: Journal<{ what: 'ready' | 'started' | 'ended'; id?: string }>;
  /** As `kill -9`. */
  kill(): Promise<void>;
  /** As a service manager ends it. The exit code. */
  terminate(): Promise<number | null>;
}

/** Starts a worker in a real process of its own and waits until it works. */
export async function startQueueProcess(options: QueueProcessOptions): Promise<QueueProcess> {
  const child = fork(join(__dirname, 'queue-process.child.ts'), [JSON.stringify(options)], {
    execArgv: ['--require', join(__dirname, 'typescript-hook.cjs')],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const journal: QueueProcess['journal'] = new Journal();
  child.on('message', (note) => journal.add(note as { what: 'ready' }));
  await Promise.race([
    journal.until((notes) => notes.length > 0),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the worker ended with ${code}`))),
  ]);
  return {
    journal,
    kill: () => end(child, 'SIGKILL').then(() => undefined),
    terminate: () => end(child, 'SIGTERM'),
  };
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}
