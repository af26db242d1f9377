import { ChildProcess, spawn, spawnSync } from 'node:child_process';

/**
 * Writable memory of one ffmpeg, in bytes. It holds a few seconds of sound and a film's index: some 60 MiB for the
 * largest of them.
 */
const MEMORY_BYTES = 512 * 1024 * 1024;
const LIMITS = ['prlimit', `--data=${MEMORY_BYTES}`, '--core=0'];

interface Found {
  version?: string;
  command: readonly string[];
}

let found: Found | undefined;

/** The version of the ffmpeg that is found on PATH; looked for once. */
export function ffmpegVersion(): string | undefined {
  return lookForFfmpeg().version;
}

/** Starts the ffmpeg that was found, within its limits where the system has `prlimit`. */
export function startFfmpeg(args: readonly string[]): ChildProcess {
  const [program, ...before] = lookForFfmpeg().command;
  return spawn(program!, [...before, ...args]);
}

function lookForFfmpeg(): Found {
  found ??= [[...LIMITS, 'ffmpeg'], ['ffmpeg']].map(tried).find(({ version }) => version) ?? {
    command: ['ffmpeg'],
  };
  return found;
}

function tried(command: readonly string[]): Found {
  const [program, ...before] = command;
  const { stdout } = spawnSync(program!, [...before, '-hide_banner', '-version'], { encoding: 'utf8' });
  return { command, version: /^ffmpeg version (.+) Copyright/m.exec(stdout ?? '')?.[1] };
}
