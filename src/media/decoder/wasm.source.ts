import { HarkError } from '../../core/errors';
import { toMono } from './pcm';
import { Resampler } from './resampler';

/** Small bites keep what comes out of one of them small, too. */
export const BITE_BYTES = 16 * 1024;

interface Decoded {
  channelData: Float32Array[];
  sampleRate: number;
}
type StreamDecoder = ((chunk?: Uint8Array) => Promise<Decoded>) & { free(): void };

/**
 * Decodes by `audio-decode`: in this process, without ffmpeg.
 *
 * @param codec one of the names under which `audio-decode` registers its codecs
 * @throws HarkError `media_decode_failed`, `media_no_audio`
 */
export async function* wasmSource(
  input: AsyncIterable<Buffer>,
  codec: string,
): AsyncGenerator<Float32Array, void, void> {
  const decoder = await openDecoder(codec);
  let resampler: Resampler | undefined;
  try {
    for await (const decoded of decode(decoder, input)) {
      if (resampler?.inputRate !== decoded.sampleRate) {
        if (resampler) yield resampler.flush();
        resampler = new Resampler(decoded.sampleRate);
      }
      yield resampler.push(toMono(decoded.channelData));
    }
    if (resampler) yield resampler.flush();
  } finally {
    decoder.free();
  }
}

async function* decode(
  decoder: StreamDecoder,
  input: AsyncIterable<Buffer>,
): AsyncGenerator<Decoded, void, void> {
  for await (const chunk of input) {
    for (let at = 0; at < chunk.length; at += BITE_BYTES) {
      yield* checked(decoder(chunk.subarray(at, at + BITE_BYTES)));
    }
  }
  yield* checked(decoder());
}

async function* checked(decoding: Promise<Decoded>): AsyncGenerator<Decoded, void, void> {
  const decoded = await decoding.catch((error: unknown) => {
    if (/no (supported )?audio/i.test(String(error))) {
      throw new HarkError('media_no_audio', 'The file has no sound.', { cause: error });
    }
    throw new HarkError('media_decode_failed', 'The file is damaged and cannot be decoded.', {
      cause: error,
    });
  });
  if (decoded.channelData.length > 0 && decoded.sampleRate > 0) yield decoded;
}

async function openDecoder(codec: string): Promise<StreamDecoder> {
  const { default: codecs } = await import('audio-decode');
  return (codecs as unknown as Record<string, () => Promise<StreamDecoder>>)[codec]!();
}
