import { joined, RATE, sineTone, wavHeader, WavShape } from '../../../test/support/sounds';
import { DecodeRequest } from '../pool/protocol';
import { FORMATS } from '../formats/formats';
import { MediaClaims } from './media-claims';
import { wavSource } from './wav.source';

const request: DecodeRequest = { format: FORMATS.wav!, maxSeconds: 3_600, maxBytes: 1e9 };

async function decode(
  file: Buffer,
  options: Partial<DecodeRequest> = {},
  chunk = 1_000,
): Promise<Float32Array> {
  const whole = { ...request, ...options };
  const claims = new MediaClaims(whole);
  const out: Float32Array[] = [];
  for await (const samples of wavSource(chunks(file, chunk), whole, claims)) out.push(samples);
  const sound = joined(...out);
  claims.check(sound.length / RATE);
  return sound;
}

async function* chunks(file: Buffer, size: number): AsyncGenerator<Buffer, void, void> {
  for (let at = 0; at < file.length; at += size) yield await Promise.resolve(file.subarray(at, at + size));
}

/** A tone of half a second in any shape that WAV has. */
function toneAs(shape: WavShape): Buffer {
  const { channels = 1, bits = 16, kind = 1 } = shape;
  const tone = sineTone(0.5);
  const bytes = bits / 8;
  const data = Buffer.alloc(tone.length * channels * bytes);
  tone.forEach((value, i) => {
    for (let channel = 0; channel < channels; channel++) {
      const at = (i * channels + channel) * bytes;
      if (kind === 3 && bits === 64) data.writeDoubleLE(value, at);
      else if (kind === 3) data.writeFloatLE(value, at);
      else if (bits === 8) data.writeUInt8(Math.round(value * 127 + 128), at);
      else data.writeIntLE(Math.round(value * (2 ** (bits - 1) - 1)), at, bytes);
    }
  });
  return Buffer.concat([wavHeader(data.length, shape), data]);
}

describe('wavSource', () => {
  it.each<[string, WavShape]>([
    ['8 bits', { bits: 8 }],
    ['16 bits', {}],
    ['24 bits', { bits: 24 }],
    ['32 bits', { bits: 32 }],
    ['floating point', { bits: 32, kind: 3 }],
    ['double floating point', { bits: 64, kind: 3 }],
    ['stereo', { channels: 2 }],
    ['six channels', { channels: 6, bits: 24 }],
    ['the longer header', { extensible: true, channels: 2 }],
    ['the longer header with floating point', { extensible: true, bits: 32, kind: 3 }],
  ])('reads %s', async (_what, shape) => {
    const wanted = sineTone(0.5);
    for (const chunk of [1_000, 7]) {
      const sound = await decode(toneAs(shape), {}, chunk);
      expect(sound.length).toBe(wanted.length);
      const error = sound.map((value, i) => Math.abs(value - wanted[i]!));
      expect(Math.max(...error)).toBeLessThan(shape.bits === 8 ? 0.01 : 1e-3);
    }
  });

  it('reads other rates', async () => {
    const file = toneAs({ channels: 2 });
    file.writeUInt32LE(8_000, 24);
    expect((await decode(file)).length).toBe(16_000);
  });

  it('skips what programs put before the sound, and after it', async () => {
    const file = toneAs({});
    const list = Buffer.alloc(8 + 301 + 1, 'x');
    list.write('LIST');
    list.writeUInt32LE(301, 4);
    const decorated = Buffer.concat([file.subarray(0, 36), list, file.subarray(36), list]);
    expect((await decode(decorated)).length).toBe(8_000);
  });

  it.each([0, 0xffffffff, 0x7fffffff, 0x7ffff000])(
    'takes a length of %i for one that is not known',
    async (length) => {
      const file = toneAs({});
      file.writeUInt32LE(length, 40);
      expect((await decode(file)).length).toBe(8_000);
    },
  );

  it('notices that the end is missing', async () => {
    const file = toneAs({});
    await expect(decode(file.subarray(0, 5_000))).rejects.toMatchObject({ code: 'media_truncated' });
    await expect(decode(file.subarray(0, 30))).rejects.toMatchObject({ code: 'media_truncated' });
    await expect(decode(file.subarray(0, 44))).rejects.toMatchObject({ code: 'media_truncated' });
  });

  it('knows before it decodes that hours were claimed and little is there', async () => {
    const file = toneAs({});
    file.writeUInt32LE(3 * 3_600 * 32_000, 40);
    await expect(decode(file, { bytes: file.length })).rejects.toMatchObject({
      code: 'media_duration_mismatch',
    });
    await expect(decode(file)).rejects.toMatchObject({ code: 'media_duration_mismatch' });
  });

  it('knows before it decodes that it is too long', async () => {
    const header = wavHeader(10 * 3_600 * 32_000);
    const bytes = 10 * 3_600 * 32_000 + 44;
    await expect(decode(header, { bytes })).rejects.toMatchObject({ code: 'media_too_long' });
  });

  it.each<[string, (file: Buffer) => void]>([
    ['no channels', (file) => file.writeUInt16LE(0, 22)],
    ['65,535 channels', (file) => file.writeUInt16LE(65_535, 22)],
    ['no rate', (file) => file.writeUInt32LE(0, 24)],
    ['a rate of gigahertz', (file) => file.writeUInt32LE(4_000_000_000, 24)],
    ['blocks of no bytes', (file) => file.writeUInt16LE(0, 32)],
    ['blocks that do not fit', (file) => file.writeUInt16LE(3, 32)],
    ['a codec that nobody knows', (file) => file.writeUInt16LE(0x1234, 20)],
    ['a first chunk of gigabytes', (file) => file.writeUInt32LE(0xfffffff0, 16)],
  ])('refuses a header with %s', async (_what, damage) => {
    const file = toneAs({});
    damage(file);
    await expect(decode(file)).rejects.toMatchObject({ name: 'HarkError' });
  });
});
