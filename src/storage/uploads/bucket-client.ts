import type { Readable } from 'node:stream';
import type { S3 } from '@aws-sdk/client-s3';
import { ObjectStorage } from '../../settings/settings';

/** What object storage is given, in milliseconds: to be connected, and to send or take the next bytes. */
export interface ClientLimits {
  connectionTimeout: number;
  socketTimeout: number;
  /** For each request. */
  maxAttempts: number;
}

const LIMITS: ClientLimits = { connectionTimeout: 5_000, socketTimeout: 20_000, maxAttempts: 3 };

export interface StreamingClient {
  client: S3;
  /** Stores a body of any length. When it breaks off, what was sent is taken back before this rejects. */
  send(object: { Bucket: string; Key: string; Body: Readable }): Promise<void>;
}

/** Amazon's own client. It is large, and loaded only where object storage is used. */
export async function streamingClient(place: ObjectStorage, limits = LIMITS): Promise<StreamingClient> {
  const { S3 } = await import('@aws-sdk/client-s3');
  const { Upload } = await import('@aws-sdk/lib-storage');
  const { maxAttempts, ...requestHandler } = limits;
  const client = new S3({
    endpoint: place.endpoint,
    region: place.region,
    credentials: place.credentials,
    forcePathStyle: place.pathStyle,
    // Many servers that speak S3 do not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler,
    maxAttempts,
  });
  return {
    client,
    // One part at a time: little is in memory, and nothing is under way when an upload is given up.
    send: async (params) => void (await new Upload({ client, params, queueSize: 1 }).done()),
  };
}
