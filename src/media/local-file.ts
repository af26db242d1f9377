import { Readable } from 'node:stream';
import { HarkError } from '../core/errors';
import { tooLarge } from './spool';

/** What is on this machine, read as it is needed and no further than its limit. */
export class LocalFile implements AsyncIterable<Uint8Array> {
  /** Bytes read so far. */
  bytes = 0;
  /** Milliseconds that were spent waiting for the disk. */
  milliseconds = 0;

  constructor(
    private readonly source: Readable,
    private readonly maxBytes: number,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    const chunks = (this.source as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    for (;;) {
      const since = performance.now();
      const item = await chunks.next().catch(unreadable);
      this.milliseconds += performance.now() - since;
      if (item.done) return;
      this.bytes += item.value.length;
      if (this.bytes > this.maxBytes) throw tooLarge(this.maxBytes);
      yield item.value;
    }
  }

  close(): Promise<void> {
    this.source.destroy();
    return Promise.resolve();
  }
}

function unreadable(error: NodeJS.ErrnoException): never {
  if (error.code === 'ENOENT') throw new HarkError('media_gone', 'The file is gone.', { cause: error });
  throw HarkError.from(error);
}
