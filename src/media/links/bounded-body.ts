import { Transform, TransformCallback } from 'node:stream';
import { HarkError } from '../../core/errors';
import { tooLarge } from '../spool';
import { tookTooLong } from './link-errors';

/** The bytes of a download, no more than `maxBytes` of them. Whatever breaks the stream is an error of hark's family. */
export class BoundedBody extends Transform {
  private bytes = 0;

  /** @param complete looks at the end whether that was all; rejects when it was not */
  constructor(
    private readonly maxBytes: number,
    private readonly host: string,
    private readonly complete: () => Promise<void> = () => Promise.resolve(),
  ) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes > this.maxBytes) done(tooLarge(this.maxBytes));
    else done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    this.complete().then(() => done(), done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (error === null || error instanceof HarkError) done(error);
    // The reason of `AbortSignal.timeout`.
    else done(error.name === 'TimeoutError' ? tookTooLong(this.host, error) : brokeOff(this.host, error));
  }
}

function brokeOff(host: string, cause: Error): HarkError {
  return new HarkError('link_failed', `The download from ${host} broke off.`, {
    retryable: true,
    params: { host },
    cause,
  });
}
