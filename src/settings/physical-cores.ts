import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/**
 * Cores without their hyper-threads, as far as the system tells, and never more than this process may use
 * (`availableParallelism` knows affinity and container limits).
 */
export function physicalCores(
  cpuInfo: string = readCpuInfo(),
  available: number = availableParallelism(),
): number {
  const cores = new Set(
    cpuInfo.split(/\n\s*\n/).flatMap((processor) => {
      const core = /^core id\s*:\s*(\d+)/m.exec(processor)?.[1];
      const socket = /^physical id\s*:\s*(\d+)/m.exec(processor)?.[1] ?? '0';
      return core === undefined ? [] : [`${socket}/${core}`];
    }),
  );
  return cores.size > 0 ? Math.min(cores.size, available) : available;
}

function readCpuInfo(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return '';
  }
}
