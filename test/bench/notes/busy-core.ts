import { spawn } from 'node:child_process';
import { killed } from '../../support/processes';

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
  return { [Symbol.asyncDispose]: () => killed(child) };
}
