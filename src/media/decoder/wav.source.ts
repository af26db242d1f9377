import { DecodeRequest } from '../pool/protocol';
import { MediaClaims, truncated } from './media-claims';
import { peek } from './peek';
import { readWavHeader, WavHeader } from './wav-header';
import { BITE_BYTES, wasmSource } from './wasm.source';

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
  yield* wasmSource(inBlocks(whole, header), 'wav');
}

/**
 * The header as the decoder expects it, then the sound in whole blocks that start where typed arrays may start:
 * `audio-decode` stumbles over chunks of odd length before the sound, and over 64-bit samples anywhere else.
 */
async function* inBlocks(
  whole: AsyncIterable<Buffer>,
  { dataOffset, blockBytes, plain }: WavHeader,
): AsyncGenerator<Buffer, void, void> {
  yield plain;
  let skip = dataOffset;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of whole) {
    const sound = Buffer.concat([rest, chunk.subarray(skip)]);
    skip = Math.max(0, skip - chunk.length);
    const usable = sound.length - (sound.length % blockBytes);
    const blocks = Math.max(1, Math.floor(BITE_BYTES / blockBytes)) * blockBytes;
    for (let at = 0; at < usable; at += blocks) {
      yield Buffer.from(Uint8Array.from(sound.subarray(at, Math.min(at + blocks, usable))).buffer);
    }
    rest = sound.subarray(usable);
  }
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
