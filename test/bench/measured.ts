import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Machine } from '../support/machine';
import { serverBinary } from '../support/whisper';

/** What times depend on, whatever else is brought up to date meanwhile. */
export type Hardware = Pick<Machine, 'model' | 'processors' | 'physicalCores' | 'memoryGiB'>;

/** When something was measured, and of what. */
export interface Measured extends Omit<Machine, keyof Hardware> {
  /** The day, e.g. `2025-01-31`. */
  on: string;
  /** Its version. */
  hark: string;
  /** The server of whisper.cpp: the folder it is kept in, which hark names after its version, and its checksum. */
  engine: string;
}

export function hardwareOf({ model, processors, physicalCores, memoryGiB }: Hardware): Hardware {
  return { model, processors, physicalCores, memoryGiB };
}

export function measuredToday(machine: Machine): Measured {
  const { system, kernel, node, ffmpeg, redis } = machine;
  const on = new Date().toISOString().slice(0, 10);
  const engine = engineName(serverBinary());
  return { on, hark: ownVersion(), engine, system, kernel, node, ffmpeg, redis };
}

function ownVersion(): string {
  return (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
}

/** The program itself does not tell its version. */
function engineName(path: string): string {
  const sum = createHash('sha256').update(readFileSync(path)).digest('hex');
  return `${basename(dirname(realpathSync(path)))}, sha256 ${sum.slice(0, 12)}`;
}
