import { noteBytes } from '../../../test/support/broken-media';
import { joined, oggOf, RATE, sineTone } from '../../../test/support/sounds';
import { OggPage, oggPages, PacketAssembler } from './ogg-packets';
import { isPlainOpus, opusSource } from './opus.source';

async function* chunks(file: Buffer, size: number): AsyncGenerator<Buffer, void, void> {
  for (let at = 0; at < file.length; at += size) yield await Promise.resolve(file.subarray(at, at + size));
}

async function pagesOf(file: Buffer, chunk = 1_000): Promise<OggPage[]> {
  const pages: OggPage[] = [];
  for await (const page of oggPages(chunks(file, chunk))) pages.push(page);
  return pages;
}

async function decode(file: Buffer, chunk = 1_000): Promise<Float32Array> {
  const out: Float32Array[] = [];
  for await (const samples of opusSource(chunks(file, chunk))) out.push(samples);
  return joined(...out);
}

/** A page with these packets; the last one goes on in the next page when `open`. */
function page(packets: readonly Buffer[], flags = 0, open = false, serial = 1): Buffer {
  const table = packets.flatMap((packet, i) => {
    const full = new Array<number>(Math.floor(packet.length / 255)).fill(255);
    return open && i === packets.length - 1 ? full : [...full, packet.length % 255];
  });
  const header = Buffer.alloc(27);
  header.write('OggS');
  header.writeUInt8(flags, 5);
  header.writeUInt32LE(serial, 14);
  header.writeUInt8(table.length, 26);
  return Buffer.concat([header, Buffer.from(table), ...packets]);
}

/** A note with other packets instead of its own, each on a page of its own. */
async function remade(note: Buffer, change: (packet: Buffer, index: number) => Buffer): Promise<Buffer> {
  const assembler = new PacketAssembler();
  const [head, tags, ...packets] = (await pagesOf(note)).flatMap((each) => assembler.packets(each));
  const sound = packets.map((packet, i) => page([change(packet, i)], i === packets.length - 1 ? 4 : 0));
  return Buffer.concat([page([head!], 2), page([tags!]), ...sound]);
}

/** A packet that says it is made of no frames: RFC 6716 forbids it. */
function damaged(packet: Buffer): Buffer {
  return Buffer.concat([Buffer.from([packet[0]! | 3, 0]), packet.subarray(2)]);
}

describe('oggPages', () => {
  it('finds the same pages whatever the size of the chunks', async () => {
    const note = noteBytes('08-en.ogg');
    const wanted = await pagesOf(note, note.length);
    for (const chunk of [1, 27, 28, 5_000]) expect(await pagesOf(note, chunk)).toEqual(wanted);
    expect(wanted[0]!.begins).toBe(true);
    expect(wanted.at(-1)!.ends).toBe(true);
  });

  it('ignores what follows the end, and nothing else', async () => {
    const note = noteBytes('16-en.ogg');
    const wanted = await pagesOf(note);
    expect(await pagesOf(Buffer.concat([note, Buffer.alloc(500)]))).toEqual(wanted);
    const gap = Buffer.concat([note.subarray(0, note.lastIndexOf('OggS')), Buffer.alloc(500), note]);
    await expect(pagesOf(gap)).rejects.toMatchObject({ code: 'media_decode_failed' });
  });

  it.each([3, 20, 27, 40, 100])('notices a page that lacks its last %i bytes', async (bytes) => {
    const note = noteBytes('16-en.ogg');
    await expect(pagesOf(note.subarray(0, -bytes))).rejects.toMatchObject({ code: 'media_truncated' });
  });
});

describe('PacketAssembler', () => {
  it('puts packets together that go over several pages', async () => {
    const long = Buffer.from(Array.from({ length: 255 * 3 + 17 }, (_, i) => i % 251));
    const file = Buffer.concat([
      page([Buffer.from('a'), long.subarray(0, 255)], 2, true),
      page([long.subarray(255, 510)], 1, true),
      page([long.subarray(510), Buffer.from('b')], 1),
    ]);
    const assembler = new PacketAssembler();
    const packets = (await pagesOf(file)).flatMap((each) => assembler.packets(each));
    expect(packets).toEqual([Buffer.from('a'), long, Buffer.from('b')]);
    expect(assembler.unfinished).toBe(false);
  });

  it('drops the start of a packet whose rest is missing', async () => {
    const file = Buffer.concat([page([Buffer.alloc(255)], 2, true), page([Buffer.from('b')])]);
    const assembler = new PacketAssembler();
    const packets = (await pagesOf(file)).flatMap((each) => assembler.packets(each));
    expect(packets).toEqual([Buffer.from('b')]);
  });

  it('reads past tags of any size without keeping them', async () => {
    const assembler = new PacketAssembler();
    const part = page([Buffer.alloc(255 * 255)], 1, true);
    for (const each of await pagesOf(Buffer.concat(new Array<Buffer>(64).fill(part)))) {
      expect(assembler.packets(each)).toEqual([]);
    }
    expect(assembler.unfinished).toBe(true);
  });
});

describe('opusSource', () => {
  it('keeps a tone where it is, in mono and in stereo', async () => {
    const tone = sineTone(1, 400);
    const strength = (samples: Float32Array): number =>
      Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
    // each half as loud in the second one, as ffmpeg makes two channels of one
    for (const [options, wanted] of [
      [[], 1],
      [['-ac', '2'], Math.SQRT1_2],
    ] as const) {
      const decoded = await decode(oggOf(tone, ...options));
      expect(Math.abs(decoded.length / RATE - 1)).toBeLessThan(0.03);
      expect(strength(decoded.subarray(1_000, 15_000)) / strength(tone)).toBeCloseTo(wanted, 1);
    }
  });

  it('reads notes that are chained one behind the other', async () => {
    const files = ['01-en.ogg', '02-en.ogg', '16-en.ogg'].map(noteBytes);
    const single = await Promise.all(files.map((file) => decode(file)));
    const chained = await decode(Buffer.concat(files));
    const seconds = single.reduce((sum, { length }) => sum + length / RATE, 0);
    expect(Math.abs(chained.length / RATE - seconds)).toBeLessThan(0.05);
  });

  it('is not confused by another stream among its pages', async () => {
    const note = noteBytes('01-en.ogg');
    const second = note.indexOf('OggS', 4);
    const other = page([Buffer.from('\x80theora and more')], 2, false, 77);
    const mixed = Buffer.concat([note.subarray(0, second), other, note.subarray(second)]);
    expect((await decode(mixed)).length).toBe((await decode(note)).length);
  });

  it('leaves surround to others', () => {
    const head = noteBytes('01-en.ogg').subarray(0, 47);
    expect(isPlainOpus(head)).toBe(true);
    const surround = Buffer.from(head);
    surround[28 + 9] = 6;
    surround[28 + 18] = 1;
    expect(isPlainOpus(surround)).toBe(false);
    expect(isPlainOpus(head.subarray(0, 40))).toBe(false);
  });

  it('loses 20 ms over a damaged packet, and nothing else', async () => {
    const note = noteBytes('01-en.ogg');
    const whole = await decode(note);
    const changed = await decode(await remade(note, (packet, i) => (i === 50 ? damaged(packet) : packet)));
    expect(changed.length).toBe(whole.length);
    const at = 50 * 320 - 104;
    expect(changed.subarray(0, at)).toEqual(whole.subarray(0, at));
    // the codec goes by what came before, for some packets more
    const difference = (from: number, to: number): number =>
      whole.subarray(from, to).reduce((sum, value, i) => sum + (value - changed[from + i]!) ** 2, 0);
    expect(difference(at, at + 320)).toBeGreaterThan(0);
    expect(difference(at + 10 * 320, whole.length)).toBeLessThan(difference(at, at + 320) / 100);
  });

  it('begins in the middle of a call, with a damaged second', async () => {
    const note = noteBytes('08-en.ogg');
    const changed = await remade(note, (packet, i) => (i < 50 ? damaged(packet) : packet));
    expect((await decode(changed)).length).toBe((await decode(note)).length);
  });

  it.each([
    ['a fifth', (i: number) => i % 5 === 0],
    ['everything after three seconds', (i: number) => i > 150],
    ['the first two seconds', (i: number) => i < 100],
  ])('refuses a note of which %s is damaged', async (_what, isDamaged) => {
    const note = noteBytes('08-en.ogg');
    const changed = await remade(note, (packet, i) => (isDamaged(i) ? damaged(packet) : packet));
    await expect(decode(changed)).rejects.toMatchObject({ code: 'media_decode_failed' });
  });

  it('ends with an error when packets are nonsense', async () => {
    const note = noteBytes('01-en.ogg');
    const third = note.indexOf('OggS', note.indexOf('OpusTags'));
    const bad = Buffer.concat([note.subarray(0, third), page([Buffer.alloc(5_000, 0xff)], 4)]);
    bad.copy(bad, third + 14, 14, 18);
    await expect(decode(bad)).rejects.toMatchObject({ code: 'media_decode_failed' });
  });
});
