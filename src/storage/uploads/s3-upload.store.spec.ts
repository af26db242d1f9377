import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describeUploadStore } from '../../../test/contracts/upload-store.contract';
import { ObjectStorageServer } from '../../../test/support/object-storage/object-storage';
import { S3RVER, SWIFT } from '../../../test/support/object-storage/programs';
import { loadSettings } from '../../settings/load-settings';
import { ObjectStorage } from '../../settings/settings';
import { Bucket } from './bucket';
import { S3UploadStore } from './s3-upload.store';
import { UploadsHealthCheck } from './uploads-health.check';

const MIB = 1024 * 1024;
const soon = (): Date => new Date(Date.now() + 60_000);

describe.each([S3RVER, SWIFT])('uploads in object storage: $name', (program) => {
  if (program.missing !== undefined) {
    it.skip(`needs ${program.missing}`, () => undefined);
    return;
  }
  let server: ObjectStorageServer;
  let prefix: string;
  let store: S3UploadStore;

  const open = async (): Promise<S3UploadStore> => {
    prefix = randomUUID();
    const settings = loadSettings({ NODE_ENV: 'test', ...server.variables(prefix) });
    return (store = new S3UploadStore(await Bucket.open(settings.uploads as ObjectStorage)));
  };
  const close = (): Promise<void> => Promise.resolve(store.onApplicationShutdown());
  const stored = (): Promise<string[]> => server.names(prefix);

  beforeAll(async () => void (server = await ObjectStorageServer.start(program)));
  afterAll(() => server[Symbol.asyncDispose]());

  describe('contract', () => describeUploadStore({ open, close, stored }));

  // s3rver does not look at the secret.
  (program === SWIFT ? it : it.skip)('tells the admin of credentials that are wrong', async () => {
    const variables = { ...server.variables('x'), S3_SECRET_ACCESS_KEY: 'wrong' };
    const { uploads } = loadSettings({ NODE_ENV: 'test', ...variables });
    const bucket = await Bucket.open(uploads as ObjectStorage);
    expect(await new UploadsHealthCheck(bucket).check()).toMatchObject([
      { state: 'broken', detail: expect.stringMatching(/refuses hark \(SignatureDoesNotMatch\)\.$/) },
    ]);
    bucket.close();
  });

  describe('a file of several parts', () => {
    const chunks = Array.from({ length: 7 }, () => randomBytes(MIB));
    beforeEach(() => open());
    afterEach(close);

    it('comes back as it was', async () => {
      const sha256 = createHash('sha256').update(Buffer.concat(chunks)).digest('hex');
      const saved = await store.save(Readable.from(chunks), 7 * MIB);
      expect(saved).toMatchObject({ bytes: 7 * MIB, sha256 });
      const { stream, bytes } = await store.open(saved.id);
      expect(bytes).toBe(7 * MIB);
      expect(Buffer.compare(await buffer(stream), Buffer.concat(chunks))).toBe(0);
      await store.remove(saved.id);
      expect(await stored()).toEqual([]);
    });

    it('is taken back when it turns out too large or breaks off', async () => {
      const large = store.save(Readable.from(chunks), 6 * MIB);
      await expect(large).rejects.toMatchObject({ code: 'media_too_large' });
      const broken = async function* (): AsyncGenerator<Buffer> {
        yield* chunks;
        await Promise.resolve();
        throw new Error('The client went away.');
      };
      await expect(store.save(Readable.from(broken()), 8 * MIB)).rejects.toThrow('The client went away.');
      expect(await stored()).toEqual([]);
      if (program.knowsHalfSent) expect(await server.halfSent()).toBe(0);
    });

    it('is given up when its process died half way, and not before its time', async () => {
      const object = { Bucket: server.bucket, Key: `${prefix}/${randomUUID()}` };
      const { UploadId } = await server.client.createMultipartUpload(object);
      await server.client.uploadPart({ ...object, UploadId, PartNumber: 1, Body: chunks[0] });
      const nobody = (): Promise<boolean> => Promise.resolve(false);
      expect(await store.removeOrphans(new Date(0), nobody)).toBe(0);
      expect(await store.removeOrphans(soon(), nobody)).toBe(program.knowsHalfSent ? 1 : 0);
      if (program.knowsHalfSent) expect(await server.halfSent()).toBe(0);
    });
  });
});
