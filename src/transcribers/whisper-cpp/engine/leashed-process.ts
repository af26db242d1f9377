import { ChildProcess, spawn } from 'node:child_process';
import { childEnvironment } from '../../../settings/child-environment';

/**
 * Becomes the program, in a process group of its own, after leaving a watcher beside it. Only hark holds the other end
 * of the watcher's input, so when hark is gone, however it went, the watcher reads its end and kills the group.
 */
const LEASH =
  'exec 3<&0; { read -r _ <&3 || kill -s KILL -- "-$$"; } >/dev/null 2>&1 & exec "$@" </dev/null 3<&-';

export interface LeashOptions {
  cwd: string;
  /** Besides what every child gets. */
  env?: Record<string, string>;
  stdout: 'ignore' | 'pipe';
}

/** A program that cannot outlive hark. Its `pid` is the program's own, and that of its process group. */
export function spawnLeashed(program: string, args: readonly string[], options: LeashOptions): ChildProcess {
  const child = spawn('/bin/sh', ['-c', LEASH, 'sh', program, ...args], {
    cwd: options.cwd,
    env: { ...childEnvironment(), ...options.env },
    stdio: ['pipe', options.stdout, 'pipe'],
    // A group of its own: Ctrl-C on the terminal is for hark, which then decides.
    detached: true,
  });
  child.stdin?.on('error', () => undefined);
  // The watcher is still there when the program has ended by itself.
  child.on('exit', () => killGroup(child.pid));
  return child;
}

/** Ends a leashed program, whatever it started, and its watcher. Does nothing when they are gone. */
export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: nobody is left.
  }
}
