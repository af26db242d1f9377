import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createWriteStream } from 'node:fs';
import { validate } from 'uuid';
import { MediaInput } from '../../core/media';
import { ByteRange, StoredUpload, UploadStore } from '../../core/upload-store';
import { folderError, uploadGone } from './upload-errors';
import { UploadMeter } from './upload-meter';

/** Ending of a file that is still being written. */
const PART = '.part';

/**
 * Uploads in one directory, each a file with a random name that only hark may read. One that an admin has named is never
 * created: on a drive that is not mounted, files would be stored where nobody else finds them.
 */
export class LocalUploadStore extends UploadStore {
  constructor(
    private readonly directory: string,
    private readonly options = { mayCreate: true },
  ) {
    super();
  }

  async save(stream: Readable, maxBytes: number): Promise<StoredUpload> {
    const id = randomUUID();
    const part = this.path(id) + PART;
    const meter = new UploadMeter(maxBytes);
    try {
      if (this.options.mayCreate) await mkdir(this.directory, { recursive: true, mode: 0o700 });
      await pipeline(stream, meter, createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true }));
      await rename(part, this.path(id));
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined);
      throw folderError(error);
    }
    return { id, ...meter.result() };
  }

  async open(id: string, range?: ByteRange): Promise<MediaInput> {
    if (!validate(id)) throw uploadGone();
    try {
      const file = await open(this.path(id), 'r');
      const { size } = await file.stat();
      const bytes = range ? range.end - range.start + 1 : size;
      return { stream: file.createReadStream({ ...range }), bytes };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw code === 'ENOENT' && (await this.isThere()) ? uploadGone(error) : folderError(error);
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
      if (!saved || saved.mtime >= time || (await inUse(name))) continue;
      await rm(path, { force: true });
      removed++;
    }
    return removed;
  }

  /** A shared folder that is not mounted has lost no file. */
  private async isThere(): Promise<boolean> {
    return (
      this.options.mayCreate ||
      (await stat(this.directory).then(
        () => true,
        () => false,
      ))
    );
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
