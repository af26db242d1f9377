/** OGG/Opus counts its positions at 48 kHz, whatever the input was (RFC 7845, section 4). */
const OPUS_RATE = 48_000;

/** Duration by the last page's position, as a client would claim it; undefined when these bytes are no OGG. */
export function oggSeconds(bytes: Buffer): number | undefined {
  const last = bytes.lastIndexOf('OggS');
  if (last < 0 || last + 14 > bytes.length) return undefined;
  const head = bytes.indexOf('OpusHead');
  const preSkip = head < 0 ? 0 : bytes.readUInt16LE(head + 10);
  const samples = Number(bytes.readBigInt64LE(last + 6)) - preSkip;
  return samples > 0 ? Math.round((samples / OPUS_RATE) * 100) / 100 : undefined;
}

/** A preview of at most 256 levels, base64: the shape that clients send, not a measurement. */
export function waveformOf(bytes: Buffer): string {
  const levels = Math.min(256, Math.max(1, Math.floor(bytes.length / 64)));
  const step = bytes.length / levels;
  const drawn = Array.from({ length: levels }, (_, at) => bytes[Math.floor(at * step)] ?? 0);
  return Buffer.from(drawn).toString('base64');
}
