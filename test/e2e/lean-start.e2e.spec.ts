import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { HarkProcess } from '../support/hark-process';

const HOOK = resolve('test/support/loaded-files.cjs');
/** What only some settings want: packages by the names of their files in the build, and hark's own parts. */
const PACKAGES = ['discord.js', 'slack-bolt', 'nestjs-bull', 'ioredis', 'pg', 'mikro-orm-postgresql'];
const PARTS = [
  'platforms/discord/discord.module',
  'platforms/slack/slack.module',
  'queue/bull-parts',
  'storage/dialects/postgresql.dialect',
];
const IN_THE_BUILD = /^(.*?)(-late)?\.[\w-]{8}\.js$/;

describe('a service to which neither chats nor Redis nor PostgreSQL were given', () => {
  it('runs from the bundled files and loads none of theirs', async () => {
    await using hark = await HarkProcess.start({ NODE_OPTIONS: `--require ${HOOK}` });
    await hark.end();
    const loaded = JSON.parse(await readFile(join(hark.dataDir, 'loaded.json'), 'utf8')) as string[];
    expect(loaded.some((path) => path.startsWith(resolve('dist/service/hark-core.')))).toBe(true);
    const seldom = [...PACKAGES, 'bull', ...PARTS.map((part) => basename(part))];
    expect(loaded.filter((path) => path.includes('-late.') || seldom.includes(ownerOf(path)))).toEqual([]);
  }, 60_000);

  it('would find them under these names', async () => {
    const built = new Set((await readdir('dist/service')).map((name) => IN_THE_BUILD.exec(name)?.[1]));
    expect(PACKAGES.filter((name) => !built.has(name))).toEqual([]);
    expect(PARTS.filter((part) => !existsSync(`dist/${part}.js`))).toEqual([]);
  });

  it('has the licences of those whose code is in the files, and no map that fits no longer', async () => {
    const licences = await readFile('dist/service/LICENSES.txt', 'utf8');
    for (const name of ['express', 'discord.js', '@slack/bolt', '@nestjs/core', 'pg'])
      expect(licences).toMatch(new RegExp(`^${name} \\d[^\\n]*: \\S+\\n\\n[^\\n-]`, 'm'));
    expect(['cli/program', ...PARTS].filter((part) => existsSync(`dist/${part}.js.map`))).toEqual([]);
  });
});

/** The package or the part that a file belongs to, wherever it lies. */
function ownerOf(path: string): string {
  const inPackage = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  if (inPackage) return inPackage.replace('@', '').replace('/', '-');
  return IN_THE_BUILD.exec(basename(path))?.[1] ?? basename(path, '.js');
}
