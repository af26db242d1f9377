import { createHash } from 'node:crypto';
import { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { HarkError } from '../core/errors';
import { openTemporaryFile, writeAll } from './temporary-file';

/** What is ahead of its reader by more than this goes to a file. */
const MEMORY_BYTES = 2 * 1024 * 1024;
const READ_BYTES = 256 * 1024;

/**
 * Takes a stream in at its own speed and gives it out at its reader's: a download ends soon, however long the engine
 * needs for what it brought. What is not read yet is kept in memory if it is little, else in a temporary file.
 */
export class Spool implements AsyncIterable<Uint8Array> {
  /** Bytes taken in so far. */
  bytes = 0;
  /** Of everything, in hex, once the source has given it all. */
  sha256?: string;
  /** Milliseconds from the start until the source had given everything, or until now. */
  get milliseconds(): number {
    return (this.endedAt ?? performance.now()) - this.begun;
  }

  private readonly begun = performance.now();
  private endedAt?: number;
  private chunks: Uint8Array[] = [];
  private memory = 0;
  private file?: FileHandle;
  private written = 0;
  private read = 0;
  private error?: HarkError;
  private wake = (): void => undefined;
  private readonly pumped: Promise<void>;

  constructor(
    private readonly source: Readable,
    private readonly maxBytes: number,
    private readonly folder: string,
  ) {
    this.pumped = this.pump();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    for (;;) {
      if (this.error !== undefined) throw this.error;
      const chunk = this.chunks.shift();
      if (chunk) {
        this.memory -= chunk.length;
        yield chunk;
      } else if (this.read < this.written) {
        yield await this.fromFile();
      } else if (this.endedAt !== undefined) {
        return;
      } else {
        await new Promise<void>((resolve) => (this.wake = resolve));
      }
    }
  }

  /** Ends the source and whoever reads, and gives everything back. */
  async close(): Promise<void> {
    this.source.destroy();
    await this.pumped;
    this.chunks = [];
    this.written = this.read;
    this.error = undefined;
    await this.file?.close();
    this.file = undefined;
  }

  private async pump(): Promise<void> {
    const hash = createHash('sha256');
    try {
      for await (const chunk of this.source as AsyncIterable<Uint8Array>) {
        this.bytes += chunk.length;
        if (this.bytes > this.maxBytes) throw tooLarge(this.maxBytes);
        hash.update(chunk);
        await this.store(chunk);
        this.wake();
      }
      this.sha256 = hash.digest('hex');
    } catch (error) {
      this.error = HarkError.from(error);
    } finally {
      this.endedAt = performance.now();
      this.wake();
    }
  }

  /** Order is kept: as long as anything waits in the file, what comes goes there. */
  private async store(chunk: Uint8Array): Promise<void> {
    if (this.read === this.written && this.memory + chunk.length <= MEMORY_BYTES) {
      this.chunks.push(chunk);
      this.memory += chunk.length;
      return;
    }
    this.file ??= await openTemporaryFile(this.folder);
    await writeAll(this.file, chunk, this.written);
    this.written += chunk.length;
  }

  private async fromFile(): Promise<Uint8Array> {
    const bytes = Math.min(READ_BYTES, this.written - this.read);
    const { buffer, bytesRead } = await this.file!.read(Buffer.alloc(bytes), 0, bytes, this.read);
    this.read += bytesRead;
    return buffer.subarray(0, bytesRead);
  }
}

export function tooLarge(maxBytes: number): HarkError {
  return new HarkError(
    'media_too_large',
    `The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MiB.`,
    {
      params: { maxBytes },
    },
  );
}
