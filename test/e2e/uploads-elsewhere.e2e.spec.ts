import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HarkProcess } from '../support/hark-process';
import { NOTES } from '../support/notes';
import { ObjectStorageServer } from '../support/object-storage/object-storage';
import { S3RVER } from '../support/object-storage/programs';
import { TestPostgres, startPostgres } from '../support/postgres';
import { TestRedis, startRedis } from '../support/redis';
import { serverBinary } from '../support/whisper';

const AUDIO = join(__dirname, '..', 'support', 'audio');
const [note] = NOTES;

describe('a worker that shares no disk with the API', () => {
  let postgres: TestPostgres;
  let redis: TestRedis;
  let storage: ObjectStorageServer;
  let api: HarkProcess;
  let worker: HarkProcess;

  beforeAll(async () => {
    const servers = [startRedis(), startPostgres(), ObjectStorageServer.start(S3RVER)] as const;
    [redis, postgres, storage] = await Promise.all(servers);
    const shared = {
      REDIS_URL: redis.url,
      DATABASE_URL: postgres.createDatabase('hark'),
      WHISPER_SERVER_BIN: serverBinary(),
      ...storage.variables('uploads'),
    };
    api = await HarkProcess.start({ ...shared, ROLES: 'api,bot' });
    worker = await HarkProcess.start({ ...shared, ROLES: 'worker' });
  });
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await api[Symbol.asyncDispose]();
    await storage[Symbol.asyncDispose]();
    await redis.stop();
    await postgres.stop();
  });

  it('reads what was given to the API from object storage, and leaves nothing there', async () => {
    const { status, text } = await api.read(join(AUDIO, note!.file));
    expect([status, text]).toEqual(['done', note!.text]);
    // Removing the audio is the last thing that follows from a job's end.
    while ((await storage.names('uploads')).length > 0) continue;
    for (const { dataDir } of [api, worker]) expect(await readdir(dataDir)).not.toContain('uploads');
  });

  it('takes no file in while object storage is away, and says so', async () => {
    await storage.kill();
    await expect(api.submit(join(AUDIO, note!.file))).rejects.toThrow(/^503: .*"service_unavailable"/);
    const { status, body } = await api.call('/health/ready').then(async (response) => ({
      status: response.status,
      body: await response.text(),
    }));
    expect([status, body]).toEqual([503, expect.stringContaining('ECONNREFUSED')]);
    expect((await api.call('/health/live')).status).toBe(200);
  });
});
