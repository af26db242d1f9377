import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillQueue } from '../support/fill-queue';
import { HarkProcess } from '../support/hark-process';
import { TestPostgres, startPostgres } from '../support/postgres';
import { TestRedis, startRedis } from '../support/redis';
import { lease, spoken } from '../support/job-stages';
import { TestStorage, openTestStorage } from '../support/storage';

const NOTE = join(__dirname, '../support/audio/01-en.ogg');
const USERS = 1_000;
/** The API takes 600 calls a minute from one token. */
const CALLS_A_MINUTE = 600;

/** What one thing takes in milliseconds, with few jobs queued and with many. */
export interface QueuedTiming {
  database: 'sqlite' | 'postgresql';
  what: string;
  few: { jobs: number; median: number; p95: number };
  many: { jobs: number; median: number; p95: number };
}

/** An API with a queue of a certain length, which nobody works on. */
interface Place {
  jobs: number;
  hark: HarkProcess;
  storage: TestStorage;
  times: Map<string, number[]>;
}

/**
 * The same calls to two services in turn, one with `few` jobs queued and one with `many`, so that whatever else this
 * machine does meanwhile hits both alike.
 */
export async function timeQueued(
  database: QueuedTiming['database'],
  few: number,
  many: number,
  rounds: number,
): Promise<QueuedTiming[]> {
  const folder = await mkdtemp(join(tmpdir(), 'hark-queued-'));
  const redis = await startRedis();
  const postgres = database === 'postgresql' ? await startPostgres() : undefined;
  const places: Place[] = [];
  try {
    for (const jobs of [few, many]) places.push(await openPlace({ jobs, folder, redis, postgres }));
    const begun = performance.now();
    for (let round = 0; round < rounds; round++) {
      for (const place of round % 2 ? places.toReversed() : places) await oneRound(place, round > 0);
      const wait = (round * CALLS_A_ROUND * 60_000) / CALLS_A_MINUTE - (performance.now() - begun);
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    }
    return timings(database, places);
  } finally {
    await Promise.all(places.map(({ hark }) => hark.end('SIGKILL')));
    await Promise.all(places.map(({ storage }) => storage.close()));
    await redis.stop();
    await postgres?.stop();
    await rm(folder, { recursive: true });
  }
}

async function openPlace(options: {
  jobs: number;
  folder: string;
  redis: TestRedis;
  postgres?: TestPostgres;
}): Promise<Place> {
  const { jobs, folder, redis, postgres } = options;
  const dataDir = join(folder, String(jobs));
  const databaseUrl = postgres?.createDatabase(`queued_${jobs}`) ?? `sqlite:${join(dataDir, 'hark.sqlite')}`;
  await fillQueue(databaseUrl, { count: jobs, kind: 'chat', users: USERS });
  const hark = new HarkProcess(
    dataDir,
    {
      ROLES: 'api',
      // Each service on a Redis of its own.
      REDIS_URL: `${redis.url}/${jobs === 100 ? 0 : 1}`,
      DATABASE_URL: databaseUrl,
    },
    () => undefined,
  );
  const storage = await openTestStorage(dataDir, databaseUrl);
  await hark.start();
  return { jobs, hark, storage, times: new Map() };
}

const CALLS: [what: string, call: (place: Place) => Promise<unknown>][] = [
  ['POST /transcriptions', ({ hark }) => hark.submit(NOTE)],
  ['GET /jobs', ({ hark }) => get(hark, '/api/v1/jobs')],
  ['GET /jobs?status=queued', ({ hark }) => get(hark, '/api/v1/jobs?status=queued')],
  // Where few are queued a user has no more.
  ['GET /jobs?user=…&limit=1', ({ hark }) => get(hark, '/api/v1/jobs?user=user-7&limit=1')],
  ['GET /stats', ({ hark }) => get(hark, '/api/v1/stats')],
];
const CALLS_A_ROUND = CALLS.length;

/** The number of queued jobs is the same after each round. */
async function oneRound(place: Place, counts: boolean): Promise<void> {
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const result = await work();
    const times = place.times.get(what) ?? [];
    if (counts) place.times.set(what, [...times, performance.now() - begun]);
    return result;
  };
  for (const [what, call] of CALLS) await timed(what, () => call(place));
  const { jobs } = place.storage;
  const held = lease(new Date(), randomUUID());
  const claimed = await timed('hand out and claim', async () => {
    const [id] = await jobs.ready(1, new Date(), NO_LIMITS, []);
    return jobs.claim(id ?? '', held, new Date());
  });
  if (!claimed) throw new Error('There was no job to be claimed.');
  await timed('finish', () => jobs.finish(claimed.id, held.owner, spoken(), new Date()));
}

const NO_LIMITS = {
  activeJobsPerUser: 0,
  activeJobsPerServer: 0,
  activeJobsPerChannel: 0,
  lengthyJobs: 1_000,
  jobsOfOne: 1_000,
  lengthyJobsOfOne: 1_000,
};

async function get(hark: HarkProcess, path: string): Promise<void> {
  const response = await hark.call(path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  await response.arrayBuffer();
}

function timings(database: QueuedTiming['database'], [few, many]: Place[]): QueuedTiming[] {
  if (!few || !many) return [];
  return [...few.times.keys()].map((what) => ({
    database,
    what,
    few: timing(few, what),
    many: timing(many, what),
  }));
}

function timing({ jobs, times }: Place, what: string): QueuedTiming['few'] {
  const sorted = [...(times.get(what) ?? [])].sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
  return { jobs, median: at(0.5), p95: at(0.95) };
}
