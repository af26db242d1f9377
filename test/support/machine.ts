import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { physicalCores } from '../../src/settings/physical-cores';

/** Where something was measured. */
export interface Machine {
  model: string;
  processors: number;
  physicalCores: number;
  memoryGiB: number;
  system: string;
  kernel: string;
  node: string;
  ffmpeg: string;
  redis: string;
}

export function thisMachine(): Machine {
  return {
    model: cpus()[0]?.model.trim() ?? 'unknown',
    processors: cpus().length,
    physicalCores: physicalCores(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${systemName()}, ${process.arch}`,
    kernel: release(),
    node: process.version,
    ffmpeg: versionOf('ffmpeg', '-version', /version (\S+)/),
    redis: versionOf('redis-server', '--version', /v=(\S+)/),
  };
}

/** For people. */
export function machineText(machine: Machine): string {
  const { model, processors, physicalCores, memoryGiB, system, kernel, node, ffmpeg, redis } = machine;
  return [
    `${model}, ${processors} processors (${physicalCores} cores), ${memoryGiB} GiB`,
    `${system}, kernel ${kernel}, Node ${node}, ffmpeg ${ffmpeg}, Redis ${redis}`,
  ].join('\n');
}

function systemName(): string {
  try {
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform;
  } catch {
    return process.platform;
  }
}

function versionOf(program: string, flag: string, pattern: RegExp): string {
  const { stdout } = spawnSync(program, [flag], { encoding: 'utf8' });
  return pattern.exec(stdout ?? '')?.[1] ?? 'none';
}
