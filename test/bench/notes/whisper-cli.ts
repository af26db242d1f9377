import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { cpuMsOfEndedChildren } from '../../support/cpu-clock';
import { Said } from './said';

export interface WhisperCliCommand {
  program: string;
  model: string;
  threads: number;
  /** 16 kHz, one channel. */
  wav: string;
}

/**
 * As people run it: everything by default, but for the language, which is detected, and as many threads as hark has.
 *
 * @throws Error with what it wrote when it fails
 */
export async function askWhisperCli({ program, model, threads, wav }: WhisperCliCommand): Promise<Said> {
  const cpu = cpuMsOfEndedChildren(process.pid);
  const begun = performance.now();
  const args = ['-m', model, '-l', 'auto', '-t', String(threads), '-f', wav];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [lines, log, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  const milliseconds = performance.now() - begun;
  if (code !== 0) throw new Error(`whisper-cli ended with ${code}:\n${log.slice(-2_000)}`);
  return { text: wordsIn(lines), milliseconds, cpuMs: cpuMsOfEndedChildren(process.pid) - cpu };
}

/** Without the times before each line. */
function wordsIn(lines: string): string {
  const said = lines.split('\n').map((line) => line.replace(/^\[[\d:.]+ --> [\d:.]+\]/, '').trim());
  return said.filter((line) => line !== '').join(' ');
}
