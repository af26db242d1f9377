import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { RequestListener, createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { loadSettings } from '../../settings/load-settings';
import { ObjectStorage } from '../../settings/settings';
import { Bucket } from './bucket';
import { S3UploadStore } from './s3-upload.store';
import { UploadsHealthCheck } from './uploads-health.check';

const HASTY = { connectionTimeout: 500, socketTimeout: 500, maxAttempts: 1 };
const DOWN = { code: 'service_unavailable', retryable: true };
const nobody = (): Promise<boolean> => Promise.resolve(false);

/** An answer of a server that speaks S3, for what a sound one cannot be brought to do. */
const xml =
  (status: number, body: string): RequestListener =>
  (request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`);
  };
const failure = (status: number, code: string): RequestListener =>
  xml(status, `<Error><Code>${code}</Code><Message>No.</Message></Error>`);
const list = (keys: string[], next = ''): RequestListener =>
  xml(
    200,
    `<ListBucketResult><IsTruncated>${next !== ''}</IsTruncated>${next && `<NextContinuationToken>${next}</NextContinuationToken>`}${keys
      .map((key) => `<Contents><Key>${key}</Key><LastModified>2020-01-01T00:00:00Z</LastModified></Contents>`)
      .join('')}</ListBucketResult>`,
  );

describe('a bucket that fails', () => {
  const server = createServer((request, response) => answer(request, response));
  let answer: RequestListener;
  let variables: Record<string, string>;
  let bucket: Bucket;
  let store: S3UploadStore;

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    variables = {
      UPLOADS_URL: 's3://notes/hark',
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_ACCESS_KEY_ID: 'id',
      S3_SECRET_ACCESS_KEY: 'secret',
    };
  });
  const open = async (changes: Record<string, string> = {}): Promise<void> => {
    const settings = loadSettings({ NODE_ENV: 'test', ...variables, ...changes });
    bucket = await Bucket.open(settings.uploads as ObjectStorage, HASTY);
    store = new S3UploadStore(bucket);
  };
  beforeEach(() => open());
  afterEach(() => {
    bucket.close();
    server.closeAllConnections();
  });
  afterAll(() => server.close());

  const note = (): Readable => Readable.from([Buffer.from('note')]);
  const everything = (): Promise<unknown>[] => [
    store.save(note(), 9),
    store.open(randomUUID()),
    store.remove(randomUUID()),
    store.removeOrphans(new Date(), nobody),
  ];
  const health = async (): Promise<string> => {
    const [report] = await new UploadsHealthCheck(bucket).check();
    return `${report?.state}: ${report?.detail} ${report?.remedy ?? ''}`.trim();
  };

  it.each<[string, RequestListener]>([
    ['has trouble within', failure(500, 'InternalError')],
    ['is busy', failure(503, 'SlowDown')],
    ['does not let hark in', failure(403, 'SignatureDoesNotMatch')],
    ['is not there', failure(404, 'NoSuchBucket')],
    ['breaks off', (request) => request.destroy()],
    ['talks nonsense', (_, response) => response.writeHead(502).end('<html>Bad gateway')],
    ['never answers', () => undefined],
  ])('lets work wait when it %s', async (_, listener) => {
    answer = (request, response) =>
      request.url?.includes('uploads')
        ? failure(501, 'NotImplemented')(request, response)
        : listener(request, response);
    for (const asked of everything()) await expect(asked).rejects.toMatchObject(DOWN);
    expect(await health()).toMatch(/^broken: The bucket notes at 127.0.0.1:\d+ .*\. \w.*\.$/);
  });

  it('lets work wait when nobody listens', async () => {
    bucket.close();
    await open({ S3_ENDPOINT: 'http://127.0.0.1:1' });
    for (const asked of everything()) await expect(asked).rejects.toMatchObject(DOWN);
    expect(await health()).toContain('does not answer (');
  });

  it.each([
    [507, 'InsufficientStorage'],
    [403, 'QuotaExceeded'],
  ])('says that it is full (%d %s)', async (status, code) => {
    answer = failure(status, code);
    const source = note();
    await expect(store.save(source, 9)).rejects.toMatchObject({ code: 'storage_full', retryable: true });
    expect(source.destroyed).toBe(true);
  });

  it('takes a missing object for gone, with and without a code', async () => {
    for (const listener of [failure(404, 'NoSuchKey'), failure(404, 'NotFound')]) {
      answer = listener;
      await expect(store.open(randomUUID())).rejects.toMatchObject({ code: 'media_gone', retryable: false });
    }
  });

  it.each<[string, boolean]>([
    ['breaks off', true],
    ['stalls', false],
  ])('tells the reader when a download %s', async (_, broken) => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('only this');
      if (broken) setImmediate(() => response.destroy());
    };
    const { stream } = await store.open(randomUUID());
    await expect(buffer(stream)).rejects.toMatchObject(DOWN);
  });

  it('keeps a failure for a reader who comes late', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('only this');
      setImmediate(() => response.destroy());
    };
    const { stream } = await store.open(randomUUID());
    await once(stream, 'close').catch(() => undefined);
    await expect(buffer(stream)).rejects.toMatchObject(DOWN);
  });

  it('ends the download when nobody wants to read on', async () => {
    const closed = Promise.withResolvers<void>();
    answer = (_request, response) => {
      response.once('close', closed.resolve);
      response.writeHead(200, { 'content-length': '1000' }).write('only this');
    };
    const { stream } = await store.open(randomUUID());
    stream.destroy();
    await closed.promise;
  });

  it('is cleaned page by page, and of hark’s own only', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const removed: (string | undefined)[] = [];
    answer = (request, response) => {
      if (request.method === 'DELETE') removed.push(request.url?.replace(/\?.*/, ''));
      const page = request.url?.includes('continuation')
        ? list([`hark/${second}`])
        : list([`hark/${first}`, 'hark/README', `hark/deeper/${first}`], 'more');
      const listener = request.url?.includes('uploads') ? failure(403, 'AccessDenied') : page;
      listener(request, response);
    };
    expect(await store.removeOrphans(new Date(), nobody)).toBe(2);
    expect(removed).toEqual([`/notes/hark/${first}`, `/notes/hark/${second}`]);
  });

  it.each<[string, RegExp, Record<string, string>, RequestListener]>([
    ['is missing', /does not exist\. Create it/, {}, failure(404, 'NoSuchBucket')],
    ['is not allowed', /refuses hark \(AccessDenied\)/, {}, failure(403, 'AccessDenied')],
    ['is elsewhere', /Set S3_REGION/, {}, failure(301, 'PermanentRedirect')],
    [
      'may not be written',
      /refuses hark \(AccessDenied\).*put and delete/,
      {},
      (request, response) =>
        (request.method === 'GET' ? list([]) : failure(403, 'AccessDenied'))(request, response),
    ],
  ])('tells the admin when it %s', async (_, words, changes, listener) => {
    answer = listener;
    bucket.close();
    await open(changes);
    expect(await health()).toMatch(words);
  });
});
