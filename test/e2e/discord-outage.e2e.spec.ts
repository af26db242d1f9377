import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { JobStore } from '../../src/core/job-store';
import { Database } from '../../src/storage/database';
import { DiscordScene, note, wordsOf } from '../support/discord-scene';
import { canMount, mountSmallDisk } from '../support/small-disk';

// Many tries in little time.
jest.mock('../../src/core/retry-delay', () => ({
  ...jest.requireActual<object>('../../src/core/retry-delay'),
  retryDelayMs: () => 5,
}));

const HELLO = note(0);
/** More than what is no outage is tried. */
const TRIES = 20;

(canMount ? describe : describe.skip)('hark in Discord with a full disk', () => {
  const disk = mountSmallDisk(8_192)!;
  const filler = join(disk.path, 'filler');
  let here: DiscordScene;
  beforeAll(async () => {
    const variables = { DATABASE_URL: `sqlite:${join(disk.path, 'hark.sqlite')}` };
    here = await DiscordScene.open({ variables, timings: { longMs: 20 } });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    await here?.close();
    disk.remove();
  });

  const isFull = (): Promise<boolean> =>
    here.prefer('channel', here.channel(), { automatic: false }).then(
      () => false,
      () => true,
    );
  const fill = async (): Promise<void> => {
    do {
      // What is written from now on needs room.
      await here.home.app.get(Database, { strict: false }).purge();
      expect(() => appendFileSync(filler, Buffer.alloc(16_000_000))).toThrow('ENOSPC');
    } while (!(await isFull()));
  };
  /** Until a note could not be stored for so many times. */
  const refused = (times: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const jobs = here.home.app.get(JobStore, { strict: false });
    const real = jobs.add.bind(jobs);
    let failures = 0;
    jest.spyOn(jobs, 'add').mockImplementation((...args) =>
      real(...args).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'storage_full' });
        if ((failures += 1) === times) resolve();
        throw error;
      }),
    );
    return promise;
  };
  const room = (): void => rmSync(filler);

  it('a note that nobody asked for waits until there is room, and is answered once', async () => {
    const channel = here.channel();
    await here.prefer('channel', channel, { automatic: true });
    const tried = refused(TRIES);
    await fill();
    here.voice(channel, here.anna);
    await tried;
    expect(here.server.answers(channel)).toEqual([]);
    room();
    await here.answer(channel, HELLO.text);
    await here.heardEverything();
    expect(here.server.answers(channel)).toHaveLength(1);
  }, 60_000);

  it('whoever asks is told once that it takes longer, and answered', async () => {
    const channel = here.channel();
    const posted = here.voice(channel, here.anna);
    const tried = refused(TRIES);
    await fill();
    here.server.post({ channel, author: here.ben, content: here.mention(), replyTo: posted });
    const notice = await here.server.waitForMessage(channel, (message) =>
      wordsOf(message).includes('It takes longer'),
    );
    await tried;
    room();
    await here.answer(channel, HELLO.text);
    await here.server.waitFor(() => notice.deletedAt, { what: 'the sentence to go' });
    expect(here.server.answers(channel)).toHaveLength(1);
  }, 60_000);
});
