import { createHash } from 'node:crypto';
import { Transform, TransformCallback } from 'node:stream';
import { HarkError } from '../../core/errors';
import { StoredUpload } from '../../core/upload-store';

/** Enough for every format to be told by its first bytes. */
const HEAD_BYTES = 4_100;
/** What is kept of it while it goes through: all of a note, nothing of a recording. */
const SMALL_BYTES = 256 * 1024;

/** Lets bytes through up to a limit, and knows how many there were, their hash and the first of them. */
export class UploadMeter extends Transform {
  private bytes = 0;
  private head = Buffer.alloc(0);
  private small?: Buffer[] = [];
  private readonly hash = createHash('sha256');

  constructor(private readonly maxBytes: number) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes > this.maxBytes) return done(tooLarge(this.maxBytes));
    if (this.head.length < HEAD_BYTES) {
      this.head = Buffer.concat([this.head, chunk.subarray(0, HEAD_BYTES - this.head.length)]);
    }
    if (this.bytes > SMALL_BYTES) this.small = undefined;
    this.small?.push(chunk);
    this.hash.update(chunk);
    done(null, chunk);
  }

  /** Once, after the end. */
  result(): Omit<StoredUpload, 'id'> {
    const whole = this.small && Buffer.concat(this.small);
    return { bytes: this.bytes, sha256: this.hash.digest('hex'), head: this.head, whole };
  }
}

function tooLarge(maxBytes: number): HarkError {
  const limit = Math.floor((maxBytes / 1024 / 1024) * 10) / 10;
  return new HarkError('media_too_large', `The file is larger than the ${limit} MiB that can be read.`, {
    params: { limit },
  });
}
