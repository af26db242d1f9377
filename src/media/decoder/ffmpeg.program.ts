import { spawnSync } from 'node:child_process';
import { FFmpeg } from 'prism-media';

/**
 * Writable memory of one ffmpeg, in bytes. It holds a few seconds of sound and a film's index: some 60 MiB for the
 * largest of them.
 */
const MEMORY_BYTES = 512 * 1024 * 1024;
const LIMITS = [`--data=${MEMORY_BYTES}`, '--core=0'];

let found: { version?: string } | undefined;

/** The version of the ffmpeg that is found on PATH; looked for once. */
export function ffmpegVersion(): string | undefined {
  found ??= lookForFfmpeg();
  return found.version;
}

/**
 * Starts the ffmpeg that was found, within its limits where the system has `prlimit`. They hold before it is given the
 * first byte of a file.
 */
export function startFfmpeg(args: string[]): FFmpeg {
  const ffmpeg = new FFmpeg({ args });
  // it shows in the exit code
  for (const emitter of [ffmpeg, ffmpeg.process]) emitter.on('error', () => undefined);
  const { pid } = ffmpeg.process;
  if (pid !== undefined) spawnSync('prlimit', ['--pid', String(pid), ...LIMITS]);
  return ffmpeg;
}

function lookForFfmpeg(): { version?: string } {
  try {
    return { version: FFmpeg.getInfo().version };
  } catch {
    return {};
  }
}
