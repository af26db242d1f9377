import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAndForget, openTemporaryFile, writeAll } from './temporary-file';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hark-temporary-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['where the system can', openTemporaryFile],
  ['where it cannot', openAndForget],
])('a file without a name, %s', (_where, opened) => {
  it('can be written and read, and is not to be seen', async () => {
    const file = await opened(folder);
    try {
      expect(readdirSync(folder)).toEqual([]);
      await writeAll(file, Buffer.from('words'), 3);
      expect((await file.read(Buffer.alloc(8), 0, 8, 0)).buffer.toString()).toBe('\0\0\0words');
      expect((await file.stat()).mode & 0o077).toBe(0);
    } finally {
      await file.close();
    }
  });

  it('is none where there is no folder', async () => {
    rmSync(folder, { recursive: true });
    await expect(opened(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
