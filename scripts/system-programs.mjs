// Sees to the programs that a command needs from the system:  node scripts/system-programs.mjs cmake c++ …
// As root on a Debian system what is missing is installed; elsewhere the one command to run is printed (exit code 69).
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const EX_UNAVAILABLE = 69;
const DEBIAN_PACKAGES = {
  cmake: 'cmake',
  make: 'make',
  'c++': 'g++',
  ffmpeg: 'ffmpeg',
  'redis-server': 'redis-server',
  'espeak-ng': 'espeak-ng',
  'yt-dlp': 'yt-dlp',
  postgres: 'postgresql',
  swift: 'python3-swift',
  promtool: 'prometheus',
  chromium: 'chromium',
};
const HOMEBREW_PACKAGES = {
  cmake: 'cmake',
  ffmpeg: 'ffmpeg',
  'redis-server': 'redis',
  'espeak-ng': 'espeak-ng',
  'yt-dlp': 'yt-dlp',
  postgres: 'postgresql',
  promtool: 'prometheus',
};
/** Object storage for tests, which Debian alone has as a package: elsewhere the tests do without. */
const SWIFT = '/usr/lib/python3/dist-packages/swift';
/** Debian keeps several versions of PostgreSQL apart, out of PATH. */
const POSTGRESQL = '/usr/lib/postgresql';

const folders = [
  ...process.env.PATH.split(delimiter).filter((folder) => folder !== ''),
  ...(existsSync(POSTGRESQL)
    ? readdirSync(POSTGRESQL).map((version) => join(POSTGRESQL, version, 'bin'))
    : []),
];
const debian = existsSync('/usr/bin/apt-get');
const isInstalled = (program) =>
  program === 'swift'
    ? !debian || existsSync(SWIFT)
    : folders.some((folder) => existsSync(join(folder, program)));

const missing = process.argv.slice(2).filter((program) => !isInstalled(program));
if (missing.length > 0) install(missing);

function install(programs) {
  const packages = programs.map((program) => DEBIAN_PACKAGES[program] ?? program);
  const canInstall = debian && process.getuid?.() === 0;
  if (!canInstall) {
    console.error(
      `Missing on this system: ${programs.join(', ')}. Please run:\n  ${commandFor(programs, packages)}`,
    );
    process.exit(EX_UNAVAILABLE);
  }
  console.log(`Installing ${packages.join(', ')} …`);
  const apt = (...args) =>
    spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  if (!apt('update') || !apt('install', '--yes', '--no-install-recommends', ...packages)) {
    console.error(`The installation failed. Please run:\n  apt-get install ${packages.join(' ')}`);
    process.exit(EX_UNAVAILABLE);
  }
}

function commandFor(programs, packages) {
  if (debian) return `sudo apt-get install ${packages.join(' ')}`;
  if (process.platform === 'darwin') {
    const brewed = programs.map((program) => HOMEBREW_PACKAGES[program]).filter(Boolean);
    return ['xcode-select --install', brewed.length > 0 && `brew install ${brewed.join(' ')}`]
      .filter(Boolean)
      .join(' && ');
  }
  return `install ${packages.join(', ')} with your system's package manager`;
}
