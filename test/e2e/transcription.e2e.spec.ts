import { join } from 'node:path';
import { HarkProcess } from '../support/hark-process';
import { NOTES } from '../support/notes';
import { TestRedis, startRedis } from '../support/redis';

const AUDIO = join(__dirname, '..', 'support', 'audio');

describe.each(['embedded', 'redis'])('a voice note becomes text (%s queue)', (queue) => {
  let redis: TestRedis | undefined;
  let hark: HarkProcess;

  beforeAll(async () => {
    redis = queue === 'redis' ? await startRedis() : undefined;
    hark = await HarkProcess.start(redis ? { REDIS_URL: redis.url } : {});
  });
  afterAll(async () => {
    await hark[Symbol.asyncDispose]();
    await redis?.stop();
  });

  it('reads every sample note word for word', async () => {
    const jobs = await Promise.all(NOTES.map(({ file }) => hark.read(join(AUDIO, file))));
    expect(jobs.map(({ text }) => text)).toEqual(NOTES.map(({ text }) => text));
    expect(jobs.map(({ language }) => language)).toEqual(NOTES.map(({ language }) => language));
    expect(
      jobs.every(
        ({ status, outcome, attempts }) => status === 'done' && outcome === 'speech' && attempts === 1,
      ),
    ).toBe(true);
  }, 120_000);

  it('translates the German ones', async () => {
    const german = NOTES.filter(({ english }) => english !== undefined);
    const jobs = await Promise.all(
      german.map(({ file }) => hark.read(join(AUDIO, file), { translate: 'true' })),
    );
    expect(jobs.map(({ text }) => text)).toEqual(german.map(({ english }) => english));
  }, 60_000);

  it('ends in order on SIGTERM', async () => {
    expect(await hark.end('SIGTERM')).toBe(0);
  });
});
