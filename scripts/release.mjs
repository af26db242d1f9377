// Makes what is given out: the package, bills of materials, checksums. Stops on a known hole of high or critical weight.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER = 'release';

/** What npm prints. It says nothing useful by its exit code alone. */
function npm(...args) {
  const { status, stdout, stderr } = spawnSync('npm', args, {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

function must(...args) {
  const { status, stdout, stderr } = npm(...args);
  if (status === 0) return stdout;
  console.error(`npm ${args.join(' ')} failed:\n${stderr}`);
  process.exit(1);
}

/** Known holes of what is needed at run time, or undefined when the registry does not answer. */
function audit() {
  const { stdout } = npm('audit', '--omit=dev', '--json');
  try {
    return JSON.parse(stdout).metadata?.vulnerabilities;
  } catch {
    return undefined;
  }
}

const holes = audit();
if (holes === undefined) {
  console.error(
    'The registry does not answer `npm audit`: nobody has looked for known holes. Ask another registry:',
  );
  console.error('  npm audit --omit=dev --registry=https://registry.npmjs.org');
  if (!process.argv.includes('--unaudited')) {
    console.error('or release without it: npm run release -- --unaudited');
    process.exit(69);
  }
} else if (holes.high + holes.critical > 0) {
  console.error(`${holes.high} high and ${holes.critical} critical holes are known: npm audit --omit=dev`);
  process.exit(1);
}

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER);
must('run', 'build');
must('pack', '--pack-destination', FOLDER);
for (const format of ['cyclonedx', 'spdx']) {
  const bill = must('sbom', '--omit=dev', '--package-lock-only', `--sbom-format=${format}`);
  await writeFile(join(FOLDER, `hark.${format}.json`), bill);
}
const names = (await readdir(FOLDER)).sort();
const sums = await Promise.all(
  names.map(async (name) => {
    const sum = createHash('sha256').update(await readFile(join(FOLDER, name)));
    return `${sum.digest('hex')}  ${name}`;
  }),
);
await writeFile(join(FOLDER, 'SHA256SUMS'), `${sums.join('\n')}\n`);
console.log(`${FOLDER}/:\n${sums.join('\n')}`);
