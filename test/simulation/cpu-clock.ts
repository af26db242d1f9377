import { readFileSync, readdirSync } from 'node:fs';

/** Ticks a second in `/proc`, on every Linux that Node runs on. */
const TICKS = 100;

/** Milliseconds of processor time that the process has used so far, with what its ended children had used. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field, the name, may hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number);
  return (((user ?? 0) + (system ?? 0) + (childrenUser ?? 0) + (childrenSystem ?? 0)) * 1000) / TICKS;
}

/** The same with all its living children. */
export function cpuMsOfFamily(pid: number): number {
  return familyOf(pid).reduce((sum, member) => sum + cpuMsIfAlive(member), 0);
}

function familyOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children];
}

function cpuMsIfAlive(pid: number): number {
  try {
    return cpuMs(pid);
  } catch {
    return 0;
  }
}
