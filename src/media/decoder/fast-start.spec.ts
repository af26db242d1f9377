import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { made } from '../../../test/support/broken-media';
import { indexFirst } from './fast-start';

const AUDIO = join(__dirname, '../../../test/support/audio');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hark-index-'));
});

afterEach(() => {
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});

async function* chunks(file: Buffer): AsyncGenerator<Buffer, void, void> {
  for (let at = 0; at < file.length; at += 1_000) yield await Promise.resolve(file.subarray(at, at + 1_000));
}

async function rearrange(file: Buffer, maxBytes = 1e8): Promise<Buffer> {
  const out: Buffer[] = [];
  for await (const chunk of indexFirst(chunks(file), folder, maxBytes)) out.push(chunk);
  return Buffer.concat(out);
}

function note(...options: string[]): Buffer {
  return made('note.m4a', '-i', join(AUDIO, '05-de.ogg'), '-c:a', 'aac', ...options);
}

function box(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.write(type, 4);
  return Buffer.concat([head, body]);
}

describe('indexFirst', () => {
  it('does what a program for it does', async () => {
    const [late, early] = [note(), note('-movflags', '+faststart')];
    expect(late.indexOf('moov')).toBeGreaterThan(late.indexOf('mdat'));
    const moved = await rearrange(late);
    expect(moved.length).toBe(late.length);
    expect(moved.indexOf('moov')).toBeLessThan(moved.indexOf('mdat'));
    const table = (file: Buffer): Buffer => file.subarray(file.indexOf('stco'), file.indexOf('stco') + 20);
    expect(table(moved)).toEqual(table(early));
  });

  it('lets a file through that needs nothing', async () => {
    for (const file of [note('-movflags', '+faststart'), note('-movflags', '+frag_keyframe+empty_moov')]) {
      expect(await rearrange(file)).toEqual(file);
    }
  });

  it('lets a file through that is not of its kind, for others to judge', async () => {
    const file = Buffer.from('this is not what it seems to be');
    expect(await rearrange(file)).toEqual(file);
  });

  it('says that a file without an index is cut off', async () => {
    const file = note();
    const cut = file.subarray(0, file.indexOf('moov') + 100);
    await expect(rearrange(cut)).rejects.toMatchObject({ code: 'media_truncated' });
  });

  it('lays down no more than it may', async () => {
    await expect(rearrange(note(), 10_000)).rejects.toMatchObject({ name: 'HarkError' });
  });

  it.each<[string, Buffer]>([
    [
      'an index of gigabytes',
      Buffer.concat([box('mdat', Buffer.alloc(9)), Buffer.from('7ffffff06d6f6f76', 'hex')]),
    ],
    [
      'boxes of no size',
      Buffer.concat([box('mdat', Buffer.alloc(9)), Buffer.from('000000046d6f6f76', 'hex')]),
    ],
    ['boxes without end', Buffer.concat(new Array<Buffer>(9_000).fill(box('mdat', Buffer.alloc(0))))],
  ])('is not led astray by %s', async (_what, file) => {
    await expect(rearrange(file)).rejects.toMatchObject({ name: 'HarkError' });
  });

  it('keeps within an index that lies about its insides', async () => {
    const inside = box('trak', box('mdia', Buffer.from('00ffffff6d696e66', 'hex')));
    const table = Buffer.concat([Buffer.from('00000000ffffffff', 'hex'), Buffer.alloc(8)]);
    const index = box('moov', Buffer.concat([inside, box('trak', box('stbl', box('stco', table)))]));
    const file = Buffer.concat([box('ftyp', Buffer.from('isom')), box('mdat', Buffer.alloc(100)), index]);
    const moved = await rearrange(file);
    expect(moved.length).toBe(file.length);
    expect(moved.indexOf('moov')).toBeLessThan(moved.indexOf('mdat'));
  });
});
