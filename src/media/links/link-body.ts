import { pipeline, Readable, Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from 'node:zlib';
import { HarkError } from '../../core/errors';
import { tooLarge } from '../spool';

/** RFC 9659: no more than 8 MiB of memory may be asked of whoever unpacks. */
const ZSTD = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: () => createZstdDecompress(ZSTD),
};

/**
 * A reply's body as it was before it was packed. hark asks for it unpacked, but not every server listens. What is
 * packed is bounded, too: packed nothing can go on without end and never give out a byte.
 *
 * @throws HarkError `link_failed` for a packing that is not known
 */
export function unpacked(
  body: Readable,
  encoding: string | undefined,
  maxBytes: number,
  host: string,
): Readable {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return body;
  const decoder = DECODERS[name]?.();
  if (decoder === undefined) {
    body.destroy();
    throw new HarkError('link_failed', `${host} sent the file packed in a way that hark does not know.`, {
      params: { host },
    });
  }
  const packed = Readable.from(bounded(body, maxBytes, host), { objectMode: false });
  return pipeline(packed, decoder, () => undefined); // an error arrives by whoever reads
}

/**
 * The bytes of a download, no more than `maxBytes` of them, whatever its headers said and however it was packed.
 */
export async function* bounded(
  body: Readable,
  maxBytes: number,
  host: string,
): AsyncGenerator<Uint8Array, void, void> {
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof HarkError) throw error;
    throw new HarkError('link_failed', `The download from ${host} broke off.`, {
      retryable: true,
      params: { host },
      cause: error,
    });
  }
}
