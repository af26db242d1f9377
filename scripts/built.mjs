// Builds the service when there is no build, or an older one than its source. npm runs no pre… scripts here (see
// .npmrc), so it is called by name. It prints nothing to stdout, which belongs to the command that follows.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const built = modified('dist/main.js');
const isNewer = ({ parentPath, name }) => modified(join(parentPath, name)) > built;

if (built === 0 || readdirSync('src', { recursive: true, withFileTypes: true }).some(isNewer)) {
  const { status } = spawnSync('nest', ['build'], { stdio: ['ignore', process.stderr, 'inherit'] });
  process.exitCode = status ?? 1;
}
