import { pipeline, Readable, Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from 'node:zlib';
import { HarkError } from '../../core/errors';
import { BoundedBody } from './bounded-body';

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
 * A reply's body as it was before it was packed: hark asks for it unpacked, but not every server listens. No more than
 * `maxBytes` of it, whatever its headers said. What is packed is bounded, too: packed nothing can go on without end and
 * never give out a byte.
 *
 * @throws HarkError `link_failed` for a packing that is not known
 */
export function bodyOf(
  raw: Readable,
  encoding: string | undefined,
  maxBytes: number,
  host: string,
): Readable {
  const name = encoding?.trim().toLowerCase() ?? '';
  const body = new BoundedBody(maxBytes, host);
  // an error arrives by whoever reads
  const over = (): void => undefined;
  if (name === '' || name === 'identity') return pipeline(raw, body, over);
  const decoder = DECODERS[name]?.();
  if (decoder === undefined) {
    throw new HarkError('link_failed', `${host} sent the file packed in a way that hark does not know.`, {
      params: { host },
    });
  }
  return pipeline(raw, new BoundedBody(maxBytes, host), decoder, body, over);
}
