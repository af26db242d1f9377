import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * How a process names itself to others: host, boot of the machine, namespace of its process numbers, its number, when
 * it started, and a random part. Where others see the same namespace they can tell for certain that it is gone.
 */
export function processMark(): string {
  const { pid } = process;
  return [hostname(), ...here(), pid, startOf(pid) ?? '', randomUUID()].join('/');
}

/** For people: `host:number`. */
export function shortName(mark: string): string {
  const { host, pid } = parsed(mark);
  return `${host}:${pid}`;
}

/** Whether the process that calls itself so is gone for certain. False for whatever this process cannot see. */
export function isGone(mark: string): boolean {
  const { host, boot, space, pid, started } = parsed(mark);
  const [ownBoot, ownSpace] = here();
  if (!(pid > 0) || host !== hostname() || boot !== ownBoot || space !== ownSpace) return false;
  return ownSpace === '' ? !answers(pid) : startOf(pid) !== started;
}

function parsed(mark: string) {
  const [host = '', boot = '', space = '', pid = '', started = ''] = mark.split('/');
  return { host, boot, space, pid: Number(pid), started };
}

/** The boot and the namespace of this process; blank where the system has no `/proc`. */
function here(): [boot: string, space: string] {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return [boot, readlinkSync('/proc/self/ns/pid')];
  } catch {
    return ['', ''];
  }
}

/**
 * In ticks since the boot: another process with the same number has another one. Undefined when it is gone, or waits to
 * be collected by its parent.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything, parentheses too.
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? undefined : fields[18];
  } catch {
    return undefined;
  }
}

/** Whether there is a process with this number, whoever's. */
function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
