import { HarkError } from '../../core/errors';

/** What stands before the samples is a few hundred bytes, or a few hundred thousand with a picture in it. */
const MAX_HEADER_BYTES = 1024 * 1024;
/** Data lengths that recorders write when they do not know the length: none, or as much as fits. */
const UNKNOWN_LENGTHS = new Set([0, 0x7ffff000, 0x7fffffff, 0xffffffff]);

export interface WavHeader {
  sampleRate: number;
  bytesPerSecond: number;
  /** Bytes of one sample of all channels, or of one block of a packed format. */
  blockBytes: number;
  /** Bytes before the first sample. */
  dataOffset: number;
  /** The shortest header that says the same. */
  plain: Buffer;
  /** As the header says; undefined when it does not know. */
  dataBytes?: number;
}

/**
 * Reads a RIFF/WAVE header and refuses what makes no sense before any decoder sees it.
 *
 * @returns undefined when more bytes are needed
 * @throws HarkError `media_decode_failed`
 */
export function readWavHeader(bytes: Buffer): WavHeader | undefined {
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const body = at + 8;
    if (name === 'data' && format) {
      const dataBytes = UNKNOWN_LENGTHS.has(size) ? undefined : size;
      return { ...format, dataOffset: body, dataBytes, plain: plainHeader(format.chunk, size) };
    }
    if (name === 'fmt ' && body + size <= bytes.length) format = readFormat(bytes.subarray(at, body + size));
    at = body + size + (size % 2);
    if (at > MAX_HEADER_BYTES) throw damaged();
  }
  if (bytes.length > MAX_HEADER_BYTES) throw damaged();
  return undefined;
}

interface Format {
  sampleRate: number;
  bytesPerSecond: number;
  blockBytes: number;
  chunk: Buffer;
}

function readFormat(chunk: Buffer): Format {
  if (chunk.length < 24) throw damaged();
  const channels = chunk.readUInt16LE(10);
  const sampleRate = chunk.readUInt32LE(12);
  const blockBytes = chunk.readUInt16LE(20);
  const bits = chunk.readUInt16LE(22);
  const plain = bits % 8 === 0 && bits > 0;
  const sane =
    channels >= 1 && channels <= 64 && sampleRate >= 100 && sampleRate <= 768_000 && blockBytes > 0;
  if (!sane || (plain && blockBytes !== (channels * bits) / 8)) throw damaged();
  // the byte rate of the header is wrong in many files; for PCM it follows from the rest
  const bytesPerSecond = plain ? blockBytes * sampleRate : chunk.readUInt32LE(16);
  return { sampleRate, bytesPerSecond, blockBytes, chunk };
}

function plainHeader(format: Buffer, dataBytes: number): Buffer {
  const data = Buffer.from('data\0\0\0\0');
  data.writeUInt32LE(dataBytes, 4);
  const size = Buffer.alloc(4);
  size.writeUInt32LE((4 + format.length + 8 + dataBytes) >>> 0);
  return Buffer.concat([Buffer.from('RIFF'), size, Buffer.from('WAVE'), format, data]);
}

function damaged(): HarkError {
  return new HarkError('media_decode_failed', 'The WAV header is damaged.');
}
