import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { OnApplicationShutdown } from '@nestjs/common';
import { validate } from 'uuid';
import { MediaInput } from '../../core/media';
import { ByteRange, StoredUpload, UploadStore } from '../../core/upload-store';
import { Bucket } from './bucket';
import { uploadGone } from './upload-errors';
import { UploadMeter } from './upload-meter';

/** Uploads in a bucket, each an object with a random name: any process on any machine finds them. */
export class S3UploadStore extends UploadStore implements OnApplicationShutdown {
  constructor(private readonly bucket: Bucket) {
    super();
  }

  async save(stream: Readable, maxBytes: number): Promise<StoredUpload> {
    const id = randomUUID();
    const meter = new UploadMeter(maxBytes);
    // The first failure counts: of the stream, of its length, or of the bucket.
    await pipeline(stream, meter, () => this.bucket.put(id, meter));
    return { id, ...meter.result() };
  }

  async open(id: string, range?: ByteRange): Promise<MediaInput> {
    const input = validate(id) ? await this.bucket.get(id, range) : undefined;
    if (!input) throw uploadGone();
    return input;
  }

  async remove(id: string): Promise<void> {
    if (validate(id)) await this.bucket.remove(id);
  }

  async removeOrphans(time: Date, inUse: (id: string) => Promise<boolean>): Promise<number> {
    let removed = await this.bucket.removeHalfSent(time, inUse);
    for await (const { name: id, savedAt } of this.bucket.list()) {
      if (!validate(id) || savedAt >= time || (await inUse(id))) continue;
      await this.bucket.remove(id);
      removed++;
    }
    return removed;
  }

  onApplicationShutdown(): void {
    this.bucket.close();
  }
}
