import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { DecoderLimits } from './decoder-limits';

/**
 * Takes from a process, once it is ready, what it will never need. Its memory is bounded by what it holds then: V8 lays
 * claim to more than half a GiB at the start and uses little of it. Where there is no `prlimit` the other limits must do.
 *
 * @param ownUser whether nobody else's processes count as its own
 */
export async function confine(
  pid: number | undefined,
  limits: DecoderLimits,
  ownUser: boolean,
): Promise<void> {
  if (process.platform !== 'linux' || pid === undefined) return;
  const { memoryBytes, openFiles, threads } = limits;
  const held = await heldBytes(pid);
  const options = [
    ...(held === undefined ? [] : [`--data=${held + memoryBytes}`]),
    ...(ownUser ? [`--nproc=${threads}`] : []),
    `--nofile=${openFiles}`,
    '--core=0',
  ];
  await promisify(execFile)('prlimit', [...options, `--pid=${pid}`], { timeout: 5_000 }).catch(
    () => undefined,
  );
}

async function heldBytes(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kib = /^VmData:\s+(\d+) kB$/m.exec(status)?.[1];
  return kib === undefined ? undefined : Number(kib) * 1_024;
}
