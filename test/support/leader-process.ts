import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { QueueTimings } from '../../src/queue/queue-timings';
import { Journal } from './journal';

export interface LeaderProcessOptions {
  dataDir: string;
  redisUrl?: string;
  timings: Partial<QueueTimings>;
}

interface LeaderNote {
  what: 'ready' | 'leads' | 'ended' | 'may act' | 'may not act';
  number?: number;
}

/** A real process of its own that wants to lead. */
export interface LeaderProcess {
  journal: Journal<LeaderNote>;
  /** Resolves with the number of the term, once it leads. */
  leads(times?: number): Promise<number>;
  /** Whether it may act, as it sees it. */
  mayAct(): Promise<boolean>;
  /** Stands still, as on a machine that sleeps. */
  pause(): void;
  resume(): void;
  /** As `kill -9`. */
  kill(): Promise<void>;
  /** In order. The exit code. */
  terminate(): Promise<number | null>;
}

export async function startLeaderProcess(options: LeaderProcessOptions): Promise<LeaderProcess> {
  const child = fork(join(__dirname, 'leader-process.child.ts'), [JSON.stringify(options)], {
    execArgv: ['--require', join(__dirname, 'typescript-hook.cjs')],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const journal = new Journal<LeaderNote>();
  child.on('message', (note) => journal.add(note as LeaderNote));
  const noted = (what: LeaderNote['what']): LeaderNote[] =>
    journal.entries.filter((note) => note.what === what);
  await Promise.race([
    journal.until(() => noted('ready').length > 0),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`it ended with ${code}`))),
  ]);
  return {
    journal,
    leads: async (times = 1) => {
      await journal.until(() => noted('leads').length >= times);
      return noted('leads')[times - 1]?.number ?? 0;
    },
    mayAct: async () => {
      const answers = (): LeaderNote[] => [...noted('may act'), ...noted('may not act')];
      const [before, may] = [answers().length, noted('may act').length];
      child.send('may you act?');
      await journal.until(() => answers().length > before);
      return noted('may act').length > may;
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill: () => end(child, 'SIGKILL').then(() => undefined),
    terminate: () => end(child, 'SIGTERM'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await exit)[0];
}
