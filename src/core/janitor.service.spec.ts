import { Logger } from '@nestjs/common';
import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { newJob } from '../../test/support/new-job';
import { ShiftedClock } from '../../test/support/shifted-clock';
import { TestStorage, openTestStorage } from '../../test/support/storage';
import { AudioService } from './audio.service';
import { ErasingTimeService } from './erasing-time.service';
import { ErasureService } from './erasure.service';
import { JanitorService } from './janitor.service';
import { Policy } from './policy';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('cleaning up', () => {
  let storage: TestStorage;
  let clock: ShiftedClock;
  let steadyMs: number;
  let janitor: JanitorService;
  beforeEach(async () => {
    jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    jest.spyOn(Logger.prototype, 'log').mockImplementation();
    storage = await openTestStorage();
    clock = new ShiftedClock();
    steadyMs = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => steadyMs);
    jest.spyOn(storage.archive, 'serverTime').mockResolvedValue(undefined);
    const policy = { retentionDays: 30, keepAudioDays: 0 } as Policy;
    const { archive, jobs, uploads } = storage;
    const erasure = { erase: (id: string) => jobs.erase(id) } as unknown as ErasureService;
    const audio = new AudioService(uploads, archive, policy);
    janitor = new JanitorService(archive, erasure, audio, policy, new ErasingTimeService(clock, archive));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await storage.close();
  });

  const finished = async (): Promise<string> => {
    const { id } = (await storage.jobs.add(newJob())).job;
    await storage.jobs.cancel(id, new Date());
    return id;
  };
  const pass = (ms: number): void => {
    clock.skip(ms);
    steadyMs += ms;
  };
  /** Cleans every hour, from now on, as often as that. */
  const cleanFor = async (hours: number): Promise<void> => {
    await janitor.cleanInTime();
    for (let hour = 0; hour < hours; hour++) {
      pass(HOUR);
      await janitor.cleanInTime();
    }
  };
  const jobs = async (): Promise<number> => (await storage.archive.list({ limit: 9 })).jobs.length;
  const save = async (): Promise<string> => (await storage.uploads.save(Readable.from(['x']), 9)).id;
  const stored = (): Promise<string[]> => readdir(join(storage.dataDir, 'uploads'));

  it('erases what is too old, an hour after the start', async () => {
    await finished();
    pass(31 * DAY);
    await janitor.cleanInTime();
    expect(await jobs()).toBe(1);
    await cleanFor(1);
    expect(await jobs()).toBe(0);
  });

  it('erases nothing by a clock that is ahead at the start and put right within the hour', async () => {
    await finished();
    const upload = await save();
    clock.skip(400 * DAY);
    await janitor.cleanInTime();
    clock.skip(-400 * DAY);
    await cleanFor(3);
    expect([await jobs(), await stored()]).toEqual([1, [upload]]);
  });

  it('erases nothing by a clock that jumps ahead, and goes on when it was put right', async () => {
    await finished();
    await cleanFor(2);
    clock.skip(400 * DAY);
    await janitor.cleanInTime();
    clock.skip(-400 * DAY);
    await cleanFor(2);
    expect(await jobs()).toBe(1);
    pass(31 * DAY);
    await cleanFor(0);
    expect(await jobs()).toBe(0);
  });

  it('goes by the database server where this machine alone is ahead, for however long', async () => {
    await finished();
    clock.skip(400 * DAY);
    const start = Date.now();
    jest
      .mocked(storage.archive.serverTime)
      .mockImplementation(() => Promise.resolve(new Date(start + steadyMs)));
    await cleanFor(5);
    expect(await jobs()).toBe(1);
    steadyMs += 31 * DAY;
    await cleanFor(0);
    expect(await jobs()).toBe(0);
  });

  it('removes an upload that has no job only when it still has none an hour later', async () => {
    const [orphan, late] = [await save(), await save()];
    // It is saved before its job is stored, and this looks as if that was long ago.
    for (const id of [orphan, late]) await utimes(join(storage.dataDir, 'uploads', id), 0, 0);
    await cleanFor(1);
    expect((await stored()).sort()).toEqual([orphan, late].sort());
    const source = { kind: 'upload', uploadId: late, bytes: 1, sha256: '' } as const;
    const job = newJob();
    await storage.jobs.add({ ...job, note: { ...job.note, source } });
    await cleanFor(1);
    expect(await stored()).toEqual([late]);
  });
});
