// Builds the service when there is no build, or an older one than its source, its packages or the way it is built. npm runs no pre… scripts here (see
// .npmrc), so it is called by name. It prints nothing to stdout, which belongs to the command that follows.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
// The page is the last thing that is built.
const built = Math.min(modified('dist/main.js'), modified('dist/console/page/index.html'));
const isNewer = (path) => modified(path) > modified('dist/main.js');
/** Packages are put into the build, too, so that one that has been replaced would go on in its old version. */
const AROUND = [
  ...['package-lock.json', 'node_modules/.package-lock.json', '.swcrc', 'nest-cli.json'],
  ...['tsconfig.json', 'tsconfig.build.json', 'vite.config.mjs', 'scripts/bundle.mjs'],
];
const source = () =>
  readdirSync('src', { recursive: true, withFileTypes: true }).map(({ parentPath, name }) =>
    join(parentPath, name),
  );
// A package that was given out comes built, and has no source.
const isOwn = existsSync('src');

if (built === 0 || (isOwn && [...AROUND, ...source()].some(isNewer))) {
  for (const [program, ...args] of [
    ['nest', 'build'],
    ['node', 'scripts/bundle.mjs'],
    ['vite', 'build', '--logLevel', 'error'],
  ]) {
    const { status } = spawnSync(program, args, { stdio: ['ignore', process.stderr, 'inherit'] });
    if (status !== 0) process.exit(status ?? 1);
  }
}
