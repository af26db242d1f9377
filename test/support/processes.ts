import { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Whether the process runs; one that waits to be collected by its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** A foreign process's end is no event that could be waited for, so it is looked for. */
export async function untilGone(pid: number): Promise<void> {
  while (isRunning(pid)) await pause(10);
}

/** Ends it as a crash would. Resolves when it is gone, or was already. */
export async function killed(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** Processes that this one has started and that still run. */
export function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

/** What a process of ours was started with. */
export function commandLineOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
}

export function environmentOf(pid: number): string {
  return readFileSync(`/proc/${pid}/environ`, 'utf8');
}

/** Processes in whose environment the text stands, this one aside; on Linux only, elsewhere none are found. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc', { withFileTypes: true })
    .map(({ name }) => Number(name))
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid && isRunning(pid))
    .filter((pid) => {
      try {
        return environmentOf(pid).includes(text);
      } catch {
        // It has ended meanwhile, or is somebody else's.
        return false;
      }
    });
}
