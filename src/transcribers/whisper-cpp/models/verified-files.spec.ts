import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KnownModel } from './known-models';
import { VerifiedFiles } from './verified-files';

describe('files that were found right', () => {
  let folder: string;
  let memory: string;
  let model: KnownModel;
  let reads: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hark-verified-'));
    memory = join(folder, 'verified.json');
    const path = join(folder, 'model.bin');
    writeFileSync(path, 'a model');
    model = { name: 'one', path, pin: { name: 'one', sha256: 'a'.repeat(64) }, stock: true };
    reads = 0;
    // On some systems the time of a change is that of the last tick.
    const tick = join(folder, 'tick');
    do writeFileSync(tick, '');
    while (statSync(tick).ctimeMs === statSync(path).ctimeMs);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const read = (): Promise<void> => {
    reads++;
    return Promise.resolve();
  };
  /** As a start does. How often the file has been read by then. */
  const startAgain = async (what = model): Promise<number> => {
    await new VerifiedFiles(memory).check(what, read);
    return reads;
  };

  it('are read once, and not at the next start', async () => {
    const files = new VerifiedFiles(memory);
    expect(await files.has(model)).toBe(false);
    await files.check(model, read);
    await files.check(model, read);
    expect(await files.has(model)).toBe(true);
    expect(await startAgain()).toBe(1);
    expect(statSync(memory).mode & 0o777).toBe(0o600);
  });

  it.each<[string, (path: string) => void]>([
    ['written to', (path) => writeFileSync(path, 'a m0del')],
    ['cut off', (path) => truncateSync(path, 3)],
    [
      'exchanged for one of the same size and age',
      (path) => {
        const { atime, mtime } = statSync(path);
        copyFileSync(path, `${path}.other`);
        utimesSync(`${path}.other`, atime, mtime);
        renameSync(`${path}.other`, path);
      },
    ],
    [
      'written to and made to look as old as before',
      (path) => {
        const { atime, mtime } = statSync(path);
        writeFileSync(path, 'a m0del');
        utimesSync(path, atime, mtime);
      },
    ],
  ])('are read again when they were %s', async (_, change) => {
    const files = new VerifiedFiles(memory);
    await files.check(model, read);
    change(model.path);
    expect(await files.has(model)).toBe(false);
    expect(await startAgain()).toBe(2);
  });

  it('are read again when another checksum is wanted', async () => {
    await startAgain();
    expect(await startAgain({ ...model, pin: { name: 'one', sha256: 'b'.repeat(64) } })).toBe(2);
  });

  it('are read again when they were to be forgotten', async () => {
    const files = new VerifiedFiles(memory);
    await files.check(model, read);
    await files.forget(model);
    expect(await files.has(model)).toBe(false);
    expect(await startAgain()).toBe(2);
  });

  it('are read again then also where that cannot be written down', async () => {
    await startAgain();
    const files = new VerifiedFiles(memory);
    jest.spyOn(JSON, 'stringify').mockImplementationOnce(() => {
      throw new Error('no space');
    });
    await files.forget(model);
    await files.check(model, read);
    expect(reads).toBe(2);
  });

  it('are not remembered when they were found wrong', async () => {
    const wrong = new VerifiedFiles(memory).check(model, () => Promise.reject(new Error('wrong')));
    await expect(wrong).rejects.toThrow('wrong');
    expect(await startAgain()).toBe(1);
  });

  it('are known for this run only where there is no checksum', async () => {
    const own = { ...model, pin: undefined };
    const files = new VerifiedFiles(memory);
    await files.check(own, read);
    await files.check(own, read);
    expect(reads).toBe(1);
    expect(await startAgain(own)).toBe(2);
  });

  it('are read again where nothing can be remembered, or what was is garbled', async () => {
    await startAgain();
    writeFileSync(memory, '{"half of');
    expect(await startAgain()).toBe(2);
    const nowhere = new VerifiedFiles(join(folder, 'nowhere', 'verified.json'));
    await nowhere.check(model, read);
    expect(reads).toBe(3);
  });

  it('stay remembered beside others', async () => {
    const other = { ...model, path: join(folder, 'other.bin') };
    writeFileSync(other.path, 'another model');
    await startAgain();
    await startAgain(other);
    await startAgain();
    expect(reads).toBe(2);
    expect(Object.keys(JSON.parse(readFileSync(memory, 'utf8')) as object)).toHaveLength(2);
  });
});
