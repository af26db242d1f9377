import { Readable } from 'node:stream';
import type { S3 } from '@aws-sdk/client-s3';
import { ObjectStorage } from '../../settings/settings';
import { ClientLimits, StreamingClient, streamingClient } from './bucket-client';
import { guarded } from './guarded-stream';
import { bucketError, isMissing, isRefused, troubleOf } from './s3-trouble';
import { Trouble, UploadPlace } from './upload-place';

/** What hark's part of a bucket holds. */
export interface StoredObject {
  name: string;
  savedAt: Date;
}

/** hark's part of a bucket: the objects whose names begin with its prefix. Names are without the prefix. */
export class Bucket extends UploadPlace {
  private readonly client: S3;

  private constructor(
    private readonly place: ObjectStorage,
    private readonly streaming: StreamingClient,
  ) {
    super();
    this.client = streaming.client;
  }

  /** Nothing is asked of the server yet. */
  static async open(place: ObjectStorage, limits?: ClientLimits): Promise<Bucket> {
    return new Bucket(place, await streamingClient(place, limits));
  }

  get label(): string {
    const { endpoint, bucket } = this.place;
    return `The bucket ${bucket}${endpoint === undefined ? '' : ` at ${new URL(endpoint).host}`}`;
  }

  /**
   * Resolves once all is stored. Of a body that breaks off nothing is kept.
   * @throws HarkError `service_unavailable`, `storage_full`
   */
  async put(name: string, body: Readable): Promise<void> {
    try {
      await this.streaming.send({ ...this.object(name), Body: body });
    } catch (error) {
      throw bucketError(error);
    }
  }

  /** Undefined when it is not there. @throws HarkError `service_unavailable`; the stream as well */
  async get(
    name: string,
    range?: { start: number; end: number },
  ): Promise<{ stream: Readable; bytes?: number } | undefined> {
    try {
      const part = range && { Range: `bytes=${range.start}-${range.end}` };
      const { Body, ContentLength, ContentRange } = await this.client.getObject({
        ...this.object(name),
        ...part,
      });
      if (part && ContentRange === undefined) {
        (Body as Readable).destroy();
        throw new Error('The server gives no parts of files.');
      }
      return { stream: guarded(Body as Readable, bucketError), bytes: ContentLength };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw bucketError(error);
    }
  }

  /** @throws HarkError `service_unavailable` */
  async remove(name: string): Promise<void> {
    try {
      await this.client.deleteObject(this.object(name));
    } catch (error) {
      if (!isMissing(error)) throw bucketError(error);
    }
  }

  /** @throws HarkError `service_unavailable` */
  async *list(): AsyncGenerator<StoredObject> {
    const { bucket: Bucket, prefix: Prefix } = this.place;
    let token: string | undefined;
    do {
      const ContinuationToken = token;
      const page = await this.client
        .listObjectsV2({ Bucket, Prefix, ContinuationToken })
        .catch((error: unknown) => Promise.reject(bucketError(error)));
      for (const { Key, LastModified } of page.Contents ?? []) {
        if (Key && LastModified) yield { name: Key.slice(Prefix.length), savedAt: LastModified };
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  /**
   * Gives up what a dead process left half sent before `time`, and is in nobody's use: it is in no list, but takes room.
   * The number of those; none where the server has no such list.
   */
  async removeHalfSent(time: Date, inUse: (name: string) => Promise<boolean>): Promise<number> {
    const { bucket: Bucket, prefix: Prefix } = this.place;
    let removed = 0;
    try {
      const { Uploads = [] } = await this.client.listMultipartUploads({ Bucket, Prefix });
      for (const { Key, UploadId, Initiated } of Uploads) {
        if (!Key || !Initiated || Initiated >= time || (await inUse(Key.slice(Prefix.length)))) continue;
        await this.client.abortMultipartUpload({ Bucket, Key, UploadId });
        removed++;
      }
    } catch (error) {
      if (!isRefused(error)) throw bucketError(error);
    }
    return removed;
  }

  async reach(signal: AbortSignal): Promise<void> {
    const { bucket: Bucket, prefix: Prefix } = this.place;
    await this.client.listObjectsV2({ Bucket, Prefix, MaxKeys: 1 }, { abortSignal: signal });
  }

  async tryOut(name: string, signal: AbortSignal): Promise<void> {
    const Body = new Uint8Array();
    await this.client.putObject({ ...this.object(name), Body }, { abortSignal: signal });
    await this.client.headObject(this.object(name), { abortSignal: signal });
    await this.client.deleteObject(this.object(name), { abortSignal: signal });
  }

  trouble(error: unknown): Trouble {
    return troubleOf(error);
  }

  close(): void {
    this.client.destroy();
  }

  private object(name: string): { Bucket: string; Key: string } {
    return { Bucket: this.place.bucket, Key: this.place.prefix + name };
  }
}
