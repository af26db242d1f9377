import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { childEnvironment } from '../../../settings/child-environment';

/** Bytes of memory that the process holds, or undefined when the system does not tell. */
export async function residentBytes(pid: number): Promise<number | undefined> {
  const kilobytes = (await fromProc(pid)) ?? (await fromPs(pid, 'rss='));
  const value = Number(kilobytes);
  return kilobytes !== undefined && Number.isFinite(value) ? value * 1024 : undefined;
}

/** The command line of the process, or undefined when there is none. */
export async function commandLine(pid: number): Promise<string | undefined> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  } catch {
    return fromPs(pid, 'command=');
  }
}

async function fromProc(pid: number): Promise<string | undefined> {
  try {
    return /^VmRSS:\s*(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

/** For systems without `/proc`. */
async function fromPs(pid: number, column: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', column, '-p', String(pid)], {
      env: childEnvironment(),
    });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
