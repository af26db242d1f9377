import { DecodeRequest } from '../pool/protocol';
import { MediaClaims, truncated } from './media-claims';
import { peek } from './peek';
import { readWavHeader, WavHeader } from './wav-header';
import { wasmSource } from './wasm.source';

/**
 * WAV: PCM of 8 to 32 bits, floating point, A-law, µ-law and ADPCM, also as `WAVE_FORMAT_EXTENSIBLE`.
 *
 * @throws HarkError `media_truncated`, `media_duration_mismatch`, `media_too_long`, `media_decode_failed`
 */
export async function* wavSource(
  input: AsyncIterable<Buffer>,
  request: DecodeRequest,
  claims: MediaClaims,
): AsyncGenerator<Float32Array, void, void> {
  const { header, whole } = await readHeader(input);
  const held = request.bytes === undefined ? undefined : request.bytes - header.dataOffset;
  if (header.dataBytes !== undefined && header.bytesPerSecond > 0) {
    const seconds = (bytes: number): number => bytes / header.bytesPerSecond;
    claims.claim(seconds(header.dataBytes), held === undefined ? undefined : seconds(held));
  }
  yield* wasmSource(whole, 'wav');
}

async function readHeader(
  input: AsyncIterable<Buffer>,
): Promise<{ header: WavHeader; whole: AsyncIterable<Buffer> }> {
  let whole = input;
  for (let bytes = 4_096; ; bytes *= 4) {
    const peeked = await peek(whole, bytes);
    whole = peeked.whole;
    const header = readWavHeader(peeked.head);
    if (header) return { header, whole };
    if (peeked.head.length < bytes) throw truncated();
  }
}
