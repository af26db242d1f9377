import { readFileSync } from 'node:fs';
import { childrenOf } from './processes';

/** Ticks a second in `/proc`, on every Linux that Node runs on. */
const TICKS = 100;

/** Milliseconds of processor time that the process has used so far, with what its ended children had used. */
export function cpuMs(pid: number): number {
  return timesOf(pid).reduce((sum, ms) => sum + ms, 0);
}

/** Only what its ended children have used. */
export function cpuMsOfEndedChildren(pid: number): number {
  const [, , user = 0, system = 0] = timesOf(pid);
  return user + system;
}

/** Of the process, in user code and in the kernel, and the same of its ended children. */
function timesOf(pid: number): number[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field, the name, may hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).map((ticks) => (Number(ticks) * 1000) / TICKS);
}

/** The same with all its living children. */
export function cpuMsOfFamily(pid: number): number {
  return familyOf(pid).reduce((sum, member) => sum + cpuMsIfAlive(member), 0);
}

function familyOf(pid: number): number[] {
  return [pid, ...childrenOf(pid)];
}

function cpuMsIfAlive(pid: number): number {
  try {
    return cpuMs(pid);
  } catch {
    return 0;
  }
}
