import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createWriteStream } from 'node:fs';
import { validate } from 'uuid';
import { HarkError } from '../../core/errors';
import { MediaInput } from '../../core/media';
import { StoredUpload, UploadStore } from '../../core/upload-store';
import { UploadMeter } from './upload-meter';
import { storageFull } from '../storage-error.mapper';

/** Ending of a file that is still being written. */
const PART = '.part';

/** Uploads in one directory of this machine, each a file with a random name that only hark may read. */
export class LocalUploadStore extends UploadStore {
  constructor(private readonly directory: string) {
    super();
  }

  async save(stream: Readable, maxBytes: number): Promise<StoredUpload> {
    const id = randomUUID();
    const part = this.path(id) + PART;
    const meter = new UploadMeter(maxBytes);
    try {
      await mkdir(this.directory, { recursive: true, mode: 0o700 });
      await pipeline(stream, meter, createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true }));
      await rename(part, this.path(id));
    } catch (error) {
      await rm(part, { force: true });
      throw isFull(error) ? storageFull(error) : error;
    }
    return { id, ...meter.result() };
  }

  async open(id: string): Promise<MediaInput> {
    try {
      if (!validate(id)) throw new Error('An upload id is a UUID.');
      const file = await open(this.path(id), 'r');
      const { size } = await file.stat();
      return { stream: file.createReadStream(), bytes: size };
    } catch (error) {
      throw new HarkError('media_gone', 'The uploaded file is not there any more.', { cause: error });
    }
  }

  async remove(id: string): Promise<void> {
    if (validate(id)) await rm(this.path(id), { force: true });
  }

  async removeOrphans(time: Date, inUse: (id: string) => Promise<boolean>): Promise<number> {
    let removed = 0;
    for (const name of await this.names()) {
      const id = name.endsWith(PART) ? name.slice(0, -PART.length) : name;
      if (!validate(id)) continue;
      const path = join(this.directory, name);
      const saved = await stat(path).catch(() => undefined);
      if (!saved || saved.mtime >= time || (name === id && (await inUse(id)))) continue;
      await rm(path, { force: true });
      removed++;
    }
    return removed;
  }

  private names(): Promise<string[]> {
    return readdir(this.directory).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
  }

  private path(id: string): string {
    return join(this.directory, id);
  }
}

function isFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
