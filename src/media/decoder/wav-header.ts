import { HarkError } from '../../core/errors';

/** What stands before the samples is a few hundred bytes, or a few hundred thousand with a picture in it. */
const MAX_HEADER_BYTES = 1024 * 1024;
/** Data lengths that recorders write when they do not know the length: none, or as much as fits. */
const UNKNOWN_LENGTHS = new Set([0, 0x7ffff000, 0x7fffffff, 0xffffffff]);

export interface WavHeader {
  sampleRate: number;
  bytesPerSecond: number;
  /** Bytes before the first sample. */
  dataOffset: number;
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
  let format: { sampleRate: number; bytesPerSecond: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const body = at + 8;
    if (name === 'data' && format) {
      return { ...format, dataOffset: body, dataBytes: UNKNOWN_LENGTHS.has(size) ? undefined : size };
    }
    if (name === 'fmt ' && body + 16 <= bytes.length) format = readFormat(bytes, body);
    at = body + size + (size % 2);
    if (at > MAX_HEADER_BYTES) throw damaged();
  }
  if (bytes.length > MAX_HEADER_BYTES) throw damaged();
  return undefined;
}

function readFormat(bytes: Buffer, at: number): { sampleRate: number; bytesPerSecond: number } {
  const channels = bytes.readUInt16LE(at + 2);
  const sampleRate = bytes.readUInt32LE(at + 4);
  const blockBytes = bytes.readUInt16LE(at + 12);
  const bits = bytes.readUInt16LE(at + 14);
  const plain = bits % 8 === 0 && bits > 0;
  const sane =
    channels >= 1 && channels <= 64 && sampleRate >= 100 && sampleRate <= 768_000 && blockBytes > 0;
  if (!sane || (plain && blockBytes !== (channels * bits) / 8)) throw damaged();
  // the byte rate of the header is wrong in many files; for PCM it follows from the rest
  return { sampleRate, bytesPerSecond: plain ? blockBytes * sampleRate : bytes.readUInt32LE(at + 8) };
}

function damaged(): HarkError {
  return new HarkError('media_decode_failed', 'The WAV header is damaged.');
}
