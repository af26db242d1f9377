import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Figures, figuresOf } from '../statistics';

/** Resident memory of a process in MiB. */
function residentMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

const SAMPLES = 20;

/** What is resident once so many seconds of rest are over, of their last third. */
export async function settled(pid: number, seconds: number): Promise<Figures> {
  await pause((seconds * 1000 * 2) / 3);
  const found: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) {
    await pause((seconds * 1000) / 3 / SAMPLES);
    found.push(residentMiB(pid));
  }
  return figuresOf(found, 1);
}

const LOOK_EVERY_MS = 50;

/** What is resident while something is being done. */
export async function residentDuring(pid: number, work: Promise<unknown>): Promise<Figures> {
  const found: number[] = [];
  const over = new AbortController();
  const looking = (async () => {
    while (!over.signal.aborted) {
      found.push(residentMiB(pid));
      await pause(LOOK_EVERY_MS);
    }
  })();
  try {
    await work;
  } finally {
    over.abort();
    await looking;
  }
  return figuresOf(found, 1);
}
