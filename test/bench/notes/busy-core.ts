import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Looks up ten times a second whether anybody still wants it. */
const SPIN = `
  process.stdin.on('end', () => process.exit()).resume();
  const spin = () => {
    for (const until = Date.now() + 100; Date.now() < until; );
    setImmediate(spin);
  };
  spin();`;

/** Another program that computes all the time, on one core, until it is let go. */
export function busyCore(): AsyncDisposable {
  const child = spawn(process.execPath, ['--eval', SPIN], { stdio: ['pipe', 'ignore', 'inherit'] });
  return {
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
