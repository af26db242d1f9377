import { pipeline, Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { HarkError } from '../../core/errors';
import { tooLarge } from '../spool';

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * A reply's body as it was before it was packed. hark asks for it unpacked, but not every server listens.
 *
 * @throws HarkError `link_failed` for a packing that is not known
 */
export function unpacked(body: Readable, encoding: string | undefined, host: string): Readable {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return body;
  const decoder = DECODERS[name]?.();
  if (decoder === undefined) {
    body.destroy();
    throw new HarkError('link_failed', `${host} sent the file packed in a way that hark does not know.`, {
      params: { host },
    });
  }
  return pipeline(body, decoder, () => undefined); // an error arrives by whoever reads
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
