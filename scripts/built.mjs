// Builds the service when there is no build, or an older one than its source. npm runs no pre… scripts here (see
// .npmrc), so it is called by name. It prints nothing to stdout, which belongs to the command that follows.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
// The page is the last thing that is built.
const built = Math.min(modified('dist/main.js'), modified('dist/console/page/index.html'));
const isNewer = ({ parentPath, name }) => modified(join(parentPath, name)) > modified('dist/main.js');

if (built === 0 || readdirSync('src', { recursive: true, withFileTypes: true }).some(isNewer)) {
  for (const [program, ...args] of [
    ['nest', 'build'],
    ['node', 'scripts/bundle.mjs'],
    ['vite', 'build', '--logLevel', 'error'],
  ]) {
    const { status } = spawnSync(program, args, { stdio: ['ignore', process.stderr, 'inherit'] });
    if (status !== 0) process.exit(status ?? 1);
  }
}
