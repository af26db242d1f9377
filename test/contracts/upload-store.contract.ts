import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { UploadStore } from '../../src/core/upload-store';

export interface UploadStoreUnderTest {
  open(): Promise<UploadStore>;
  /** Names of all that is stored, complete or not. */
  stored(): Promise<string[]>;
  close(): Promise<void>;
}

const LIMIT = 100_000;

/** Uploads are kept whole or not at all. */
export function describeUploadStore(under: UploadStoreUnderTest): void {
  let store: UploadStore;
  beforeEach(async () => void (store = await under.open()));
  afterEach(() => under.close());

  it('keeps what it is given, and knows its length, hash and beginning', async () => {
    const bytes = randomBytes(LIMIT);
    const pieces = [bytes.subarray(0, 1), bytes.subarray(1, 4_000), bytes.subarray(4_000)];
    const saved = await store.save(Readable.from(pieces), LIMIT);
    expect(saved.bytes).toBe(LIMIT);
    expect(saved.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(Buffer.compare(saved.head, bytes.subarray(0, 4_100))).toBe(0);
    expect(await under.stored()).toEqual([saved.id]);
    const input = await store.open(saved.id);
    expect(input.bytes).toBe(LIMIT);
    expect(Buffer.compare(await buffer(input.stream), bytes)).toBe(0);
  });

  it('gives a part of what it keeps', async () => {
    const bytes = randomBytes(LIMIT);
    const { id } = await store.save(Readable.from([bytes]), LIMIT);
    for (const [start, end] of [
      [0, 9],
      [4_000, 70_000],
      [LIMIT - 1, LIMIT - 1],
    ] as const) {
      const input = await store.open(id, { start, end });
      expect(input.bytes).toBe(end - start + 1);
      expect(Buffer.compare(await buffer(input.stream), bytes.subarray(start, end + 1))).toBe(0);
    }
  });

  it('keeps an empty file', async () => {
    const saved = await store.save(Readable.from([]), LIMIT);
    expect(saved).toMatchObject({ bytes: 0, head: new Uint8Array() });
    expect(await buffer((await store.open(saved.id)).stream)).toHaveLength(0);
  });

  it('refuses a byte too many, stops reading, and leaves nothing behind', async () => {
    let given = 0;
    const endless = new Readable({
      read() {
        given += 10_000;
        this.push(Buffer.alloc(10_000));
      },
    });
    await expect(store.save(endless, LIMIT)).rejects.toMatchObject({ code: 'media_too_large' });
    expect(endless.destroyed).toBe(true);
    expect(given).toBeLessThan(LIMIT * 10);
    expect(await under.stored()).toEqual([]);
  });

  it('leaves nothing of an upload that breaks off', async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.alloc(5_000);
        await Promise.resolve();
        throw new Error('The client went away.');
      })(),
    );
    await expect(store.save(broken, LIMIT)).rejects.toThrow('The client went away.');
    expect(await under.stored()).toEqual([]);
  });

  it('says that a file is gone, and removes it only once', async () => {
    const { id } = await store.save(Readable.from([Buffer.from('x')]), LIMIT);
    await store.remove(id);
    await store.remove(id);
    await expect(store.open(id)).rejects.toMatchObject({ code: 'media_gone' });
    expect(await under.stored()).toEqual([]);
  });

  it.each([
    '',
    '.',
    '..',
    '../hark.sqlite',
    '/etc/passwd',
    `../uploads/${randomUUID()}`,
    `${randomUUID()}\0`,
    'a/b',
    '%2e',
  ])('takes %j for no upload', async (id) => {
    const { id: kept } = await store.save(Readable.from([Buffer.from('x')]), LIMIT);
    await expect(store.open(id)).rejects.toMatchObject({ code: 'media_gone' });
    await store.remove(id);
    expect(await under.stored()).toEqual([kept]);
  });

  it('removes what is old and in nobody’s use', async () => {
    const save = async (): Promise<string> => (await store.save(Readable.from([Buffer.from('x')]), LIMIT)).id;
    const [used, orphan] = [await save(), await save()];
    const inUse = (id: string): Promise<boolean> => Promise.resolve(id === used);
    expect(await store.removeOrphans(new Date(Date.now() - 60_000), inUse)).toBe(0);
    expect(await store.removeOrphans(new Date(Date.now() + 60_000), inUse)).toBe(1);
    expect(await under.stored()).toEqual([used]);
    await expect(store.open(orphan)).rejects.toMatchObject({ code: 'media_gone' });
  });
}
