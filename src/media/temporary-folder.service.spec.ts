import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Settings } from '../settings/settings';
import { openTemporaryFile } from './temporary-file';
import { TemporaryFolder } from './temporary-folder.service';

let scratchDir: string;

beforeEach(() => {
  scratchDir = mkdtempSync(join(tmpdir(), 'hark-folder-'));
});

afterEach(() => rmSync(scratchDir, { recursive: true }));

describe('TemporaryFolder', () => {
  it('is for this user alone, and its files have no name', async () => {
    const folder = new TemporaryFolder({ scratchDir } as Settings);
    expect(statSync(folder.path()).mode & 0o777).toBe(0o700);
    const file = await openTemporaryFile(folder.path());
    expect((await file.stat()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder.path())).toEqual([]);
    await file.write('words');
    expect((await file.read(Buffer.alloc(5), 0, 5, 0)).buffer.toString()).toBe('words');
    await file.close();
  });

  it('removes at start what was left behind, but nothing that is in use or not its own', () => {
    const tmp = join(scratchDir, 'tmp');
    mkdirSync(tmp);
    for (const name of ['media-old', 'media-new', 'other-old']) writeFileSync(join(tmp, name), 'x');
    const hourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(join(tmp, 'media-old'), hourAgo, hourAgo);
    utimesSync(join(tmp, 'other-old'), hourAgo, hourAgo);
    new TemporaryFolder({ scratchDir } as Settings).onModuleInit();
    expect(existsSync(join(tmp, 'media-old'))).toBe(false);
    expect(readdirSync(tmp).sort()).toEqual(['media-new', 'other-old']);
  });
});
