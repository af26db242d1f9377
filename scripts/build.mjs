// Builds the service, and then the console's page into it. It prints nothing to stdout, which belongs to the command
// that follows.
import { spawnSync } from 'node:child_process';

for (const [program, ...args] of [
  ['nest', 'build'],
  ['vite', 'build', '--logLevel', 'warn'],
]) {
  const { status } = spawnSync(program, args, { stdio: ['ignore', process.stderr, 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}
