import { createCipheriv, createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Spool } from './spool';

const MIB = 1024 * 1024;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hark-spool-'));
});

afterEach(() => {
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});

/** The same every time. */
function randomBytes(length: number): Buffer {
  return createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(length));
}

function chunksOf(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
}

async function all(spool: Spool): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of spool) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('Spool', () => {
  it.each([0, 1, 5_000, 9 * MIB])('gives back %i bytes as they came', async (length) => {
    const bytes = randomBytes(length);
    const spool = new Spool(Readable.from(chunksOf(bytes, 50_000)), 10 * MIB, folder);
    expect((await all(spool)).equals(bytes)).toBe(true);
    expect(spool.bytes).toBe(length);
    expect(spool.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    await spool.close();
  });

  it('takes everything in though nobody reads, and gives it out in order later', async () => {
    const bytes = randomBytes(12 * MIB);
    const source = Readable.from(chunksOf(bytes, 100_000));
    const spool = new Spool(source, 20 * MIB, folder);
    const chunks = spool[Symbol.asyncIterator]();
    const first = await chunks.next();
    await new Promise((resolve) => source.once('close', resolve));
    expect(spool.bytes).toBe(bytes.length);
    const rest: Uint8Array[] = [first.value!];
    for (let item = await chunks.next(); !item.done; item = await chunks.next()) rest.push(item.value);
    expect(Buffer.concat(rest).equals(bytes)).toBe(true);
    await spool.close();
  });

  it('stops a source that brings too much', async () => {
    const source = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(100_000);
      })(),
    );
    const spool = new Spool(source, 3 * MIB, folder);
    await expect(all(spool)).rejects.toMatchObject({
      code: 'media_too_large',
      params: { maxBytes: 3 * MIB },
    });
    expect(source.destroyed).toBe(true);
    await spool.close();
  });

  it('hands on what its source says went wrong', async () => {
    const cause = new Error('the line is dead');
    const source = new Readable({ read: () => undefined });
    const spool = new Spool(source, MIB, folder);
    source.destroy(cause);
    await expect(all(spool)).rejects.toMatchObject({ name: 'HarkError', cause });
    await spool.close();
  });

  it('ends its reader and its source when it is closed', async () => {
    const source = new Readable({ read: () => undefined });
    const spool = new Spool(source, MIB, folder);
    source.push(Buffer.alloc(10));
    const chunks = spool[Symbol.asyncIterator]();
    await chunks.next();
    const waiting = chunks.next().catch(() => ({ done: true }));
    await spool.close();
    expect(await waiting).toMatchObject({ done: true });
    expect(source.destroyed).toBe(true);
  });
});
