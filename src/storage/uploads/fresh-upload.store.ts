import { OnApplicationShutdown } from '@nestjs/common';
import { Readable } from 'node:stream';
import { MediaInput } from '../../core/media';
import { ByteRange, StoredUpload, UploadStore } from '../../core/upload-store';

/** All fresh uploads together: a handful of notes. In bytes. */
const MOST_BYTES = 1024 * 1024;
/** A note is taken up at once, or waits for so long that its file may as well be read. */
const FRESH_MS = 10_000;

interface Fresh {
  bytes: Buffer;
  timer: NodeJS.Timeout;
}

/**
 * Hands a small upload that has just been saved to its first reader from memory: where the same process takes notes in
 * and reads them, nobody waits for the disk, or a network, to give back what it was given a moment ago. Everything is in
 * the store behind it, too.
 */
export class FreshUploadStore extends UploadStore implements OnApplicationShutdown {
  private readonly fresh = new Map<string, Fresh>();
  private held = 0;

  constructor(private readonly store: UploadStore & Partial<OnApplicationShutdown>) {
    super();
  }

  async save(stream: Readable, maxBytes: number): Promise<StoredUpload> {
    const { whole, ...stored } = await this.store.save(stream, maxBytes);
    if (whole) this.keep(stored.id, whole);
    return stored;
  }

  async open(id: string, range?: ByteRange): Promise<MediaInput> {
    const bytes = range ? undefined : this.forget(id);
    if (!bytes) return this.store.open(id, range);
    return { stream: Readable.from([bytes], { objectMode: false }), bytes: bytes.length, isHere: true };
  }

  remove(id: string): Promise<void> {
    this.forget(id);
    return this.store.remove(id);
  }

  removeOrphans(time: Date, inUse: (id: string) => Promise<boolean>): Promise<number> {
    // which of them go nobody says
    this.forgetAll();
    return this.store.removeOrphans(time, inUse);
  }

  onApplicationShutdown(signal?: string): unknown {
    this.forgetAll();
    return this.store.onApplicationShutdown?.(signal);
  }

  private keep(id: string, bytes: Buffer): void {
    const timer = setTimeout(() => this.forget(id), FRESH_MS).unref();
    this.fresh.set(id, { bytes, timer });
    this.held += bytes.length;
    for (const oldest of this.fresh.keys()) {
      if (this.held <= MOST_BYTES) break;
      this.forget(oldest);
    }
  }

  private forgetAll(): void {
    for (const id of [...this.fresh.keys()]) this.forget(id);
  }

  private forget(id: string): Buffer | undefined {
    const known = this.fresh.get(id);
    if (!known) return undefined;
    clearTimeout(known.timer);
    this.fresh.delete(id);
    this.held -= known.bytes.length;
    return known.bytes;
  }
}
