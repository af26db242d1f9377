import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { canMount, mountSmallDisk } from '../../../test/support/small-disk';
import { describeUploadStore } from '../../../test/contracts/upload-store.contract';
import { LocalUploadStore } from './local-upload.store';
import { SharedFolder } from './shared-folder';
import { UploadsHealthCheck } from './uploads-health.check';

describe('uploads in a directory', () => {
  let parent: string;
  let directory: string;
  const open = async (): Promise<LocalUploadStore> => {
    parent = await mkdtemp(join(tmpdir(), 'hark-uploads-'));
    directory = join(parent, 'uploads');
    return new LocalUploadStore(directory);
  };
  const close = (): Promise<void> => rm(parent, { recursive: true, force: true });
  const stored = (): Promise<string[]> => readdir(directory);

  describe('contract', () => describeUploadStore({ open, close, stored }));

  it('can be read by hark only', async () => {
    const { id } = await (await open()).save(Readable.from([Buffer.from('x')]), 9);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect((await stat(join(directory, id))).mode & 0o777).toBe(0o600);
    await close();
  });

  it('removes what a dead process left half written, even in use, and no file of anybody else', async () => {
    const store = await open();
    const { id } = await store.save(Readable.from([Buffer.from('x')]), 9);
    const part = join(directory, `${id}.part`);
    for (const path of [part, join(directory, 'README')]) {
      await writeFile(path, 'x');
      await utimes(path, 0, 0);
    }
    expect(await store.removeOrphans(new Date(1_000_000), (name) => Promise.resolve(name === id))).toBe(1);
    expect((await stored()).sort()).toEqual(['README', id].sort());
    await close();
  });

  it('is not made where an admin has named it, and work waits until it is there', async () => {
    await open();
    const shared = new LocalUploadStore(directory, { mayCreate: false });
    const down = { code: 'service_unavailable', retryable: true };
    const health = new UploadsHealthCheck(new SharedFolder(directory));
    const note = (): Readable => Readable.from([Buffer.from('x')]);

    await expect(shared.save(note(), 9)).rejects.toMatchObject(down);
    await expect(shared.open(randomUUID())).rejects.toMatchObject(down);
    expect(await shared.removeOrphans(new Date(), () => Promise.resolve(false))).toBe(0);
    expect(await health.check()).toEqual([
      {
        name: 'uploads',
        state: 'broken',
        detail: 'The folder of UPLOADS_URL is not there.',
        remedy: expect.stringMatching(/^Mount it/),
      },
    ]);

    await mkdir(directory);
    const { id } = await shared.save(note(), 9);
    expect((await shared.open(id)).bytes).toBe(1);
    await expect(shared.open(randomUUID())).rejects.toMatchObject({ code: 'media_gone' });
    expect(await health.check()).toMatchObject([{ state: 'ok' }]);
    expect(await stored()).toEqual([id]);
    await close();
  });

  it('has nothing to remove before the first upload', async () => {
    const store = await open();
    expect(await store.removeOrphans(new Date(), () => Promise.resolve(false))).toBe(0);
    await close();
  });

  (canMount ? it : it.skip)('says that the disk is full, and leaves nothing on it', async () => {
    const disk = mountSmallDisk(64);
    try {
      const store = new LocalUploadStore(join(disk?.path ?? '', 'uploads'));
      const much = Readable.from([Buffer.alloc(40_000), Buffer.alloc(40_000)]);
      await expect(store.save(much, 1_000_000)).rejects.toMatchObject({
        code: 'storage_full',
        retryable: true,
      });
      expect(await readdir(join(disk?.path ?? '', 'uploads'))).toEqual([]);
    } finally {
      disk?.remove();
    }
  });
});
