import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describeUploadStore } from '../../../test/contracts/upload-store.contract';
import { FreshUploadStore } from './fresh-upload.store';
import { LocalUploadStore } from './local-upload.store';

const KIB = 1024;

describe('uploads that have just been saved', () => {
  let directory: string;
  let store: FreshUploadStore;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hark-fresh-'));
    store = new FreshUploadStore(new LocalUploadStore(directory));
  });
  afterEach(async () => {
    jest.useRealTimers();
    store.onApplicationShutdown();
    await rm(directory, { recursive: true });
  });

  describe('contract', () =>
    describeUploadStore({
      open: () => Promise.resolve(store),
      stored: () => readdir(directory),
      close: () => Promise.resolve(),
    }));

  const save = async (bytes: Buffer): Promise<string> => (await store.save(Readable.from([bytes]), 1e6)).id;
  /** Whether it is to be had without its file. */
  const isFresh = async (id: string): Promise<boolean> => {
    await rm(join(directory, id), { force: true });
    return store.open(id).then(
      ({ stream }) => {
        stream.destroy();
        return true;
      },
      () => false,
    );
  };

  it('are given to their first reader from memory, to later ones from their file', async () => {
    const bytes = randomBytes(200 * KIB);
    const id = await save(bytes);
    const first = await store.open(id);
    expect(first).toMatchObject({ bytes: bytes.length, isHere: true });
    expect((await buffer(first.stream)).equals(bytes)).toBe(true);
    expect((await buffer((await store.open(id)).stream)).equals(bytes)).toBe(true);
    expect(await isFresh(id)).toBe(false);
  });

  it('are kept in memory only where they are small', async () => {
    expect(await isFresh(await save(randomBytes(256 * KIB)))).toBe(true);
    expect(await isFresh(await save(randomBytes(256 * KIB + 1)))).toBe(false);
  });

  it('give way to later ones, the oldest first', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.push(await save(randomBytes(200 * KIB)));
    expect(await Promise.all(ids.map(isFresh))).toEqual([false, true, true, true, true, true]);
  });

  it('are gone when they are removed', async () => {
    const id = await save(randomBytes(KIB));
    await store.remove(id);
    await expect(store.open(id)).rejects.toMatchObject({ code: 'media_gone' });
  });

  it('stay in memory for seconds only', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const [read, left] = [await save(randomBytes(KIB)), await save(randomBytes(KIB))];
    jest.advanceTimersByTime(9_000);
    expect(await isFresh(read)).toBe(true);
    jest.advanceTimersByTime(1_001);
    expect(await isFresh(left)).toBe(false);
  });
});
