import { HarkError } from '../../core/errors';
import { DecodeRequest, WASM_MAX_BYTES } from '../pool/protocol';
import { indexFirst } from './fast-start';
import { ffmpegVersion } from './ffmpeg.program';
import { ffmpegSource } from './ffmpeg.source';
import { MediaClaims } from './media-claims';
import { isPlainOpus, OPUS_HEAD_BYTES, opusSource } from './opus.source';
import { peek } from './peek';
import { wasmSource } from './wasm.source';
import { wavSource } from './wav.source';

/** The sound of a file as 16 kHz mono: Opus and WAV by hark itself, all else by ffmpeg, or without one in WASM. */
export async function* audioSource(
  input: AsyncIterable<Buffer>,
  request: DecodeRequest,
  claims: MediaClaims,
  temporaryFolder: string,
): AsyncGenerator<Float32Array, void, void> {
  const { format } = request;
  const { head, whole } = await peek(input, OPUS_HEAD_BYTES);
  if (format.name === 'ogg/opus' && isPlainOpus(head)) return yield* opusSource(whole);
  if (format.name === 'wav') return yield* wavSource(whole, request, claims);
  const bytes = format.movable ? indexFirst(whole, temporaryFolder, request.maxBytes) : whole;
  if (ffmpegVersion() !== undefined) return yield* ffmpegSource(bytes, request, claims);
  if (format.wasm === undefined) {
    throw new HarkError(
      'media_unsupported',
      `To read ${format.name} files the administrator has to install ffmpeg.`,
      { params: { format: format.name } },
    );
  }
  yield* wasmSource(bounded(bytes), format.wasm);
}

async function* bounded(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  let bytes = 0;
  for await (const chunk of input) {
    bytes += chunk.length;
    if (bytes > WASM_MAX_BYTES) {
      const maxBytes = WASM_MAX_BYTES;
      throw new HarkError(
        'media_too_large',
        `Without ffmpeg hark reads such files up to ${maxBytes / 1024 / 1024} MiB.`,
        { params: { maxBytes } },
      );
    }
    yield chunk;
  }
}
