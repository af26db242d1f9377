import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../../src/storage/open-database';
import { Orm } from '../../../src/storage/dialects/database-dialect';
import { SqliteDialect } from '../../../src/storage/dialects/sqlite.dialect';
import { fill } from '../../scale/filled-database';
import { HarkProcess } from '../../support/hark-process';
import { startRedis } from '../../support/redis';
import { SeededRandom } from '../../support/seeded-random';
import { openTestStorage } from '../../support/storage';
import { BenchPart } from '../bench-part';
import { figuresOf, Figures, rangeText } from '../statistics';
import { Place, timedRound } from './place';

interface RequestsResult {
  call: 'GET /jobs/:id' | 'POST /transcriptions';
  /** In the database, half of them queued. */
  stored: number;
  perSecond: Figures;
  /** Of single calls. */
  milliseconds: Figures;
}

/** Requests a second to services in turn, one with few jobs stored and one with many. */
export const requestsPart: BenchPart<RequestsResult> = {
  keyOf: ({ call, stored }) => `${call} ${stored}`,
  rowOf: ({ call, stored, perSecond, milliseconds }) => ({
    call,
    stored,
    'a second': rangeText(perSecond),
    'ms each': rangeText(milliseconds),
    '95 of 100 within, ms': milliseconds.p95 ?? '—',
  }),
  async run({ stored, pairs }, told) {
    const folder = await mkdtemp(join(tmpdir(), 'hark-bench-'));
    const redis = await startRedis();
    const places: Place[] = [];
    try {
      for (const [index, jobs] of stored.entries()) {
        places.push(await openPlace(join(folder, String(jobs)), jobs, `${redis.url}/${index}`));
      }
      for (const call of ['GET /jobs/:id', 'POST /transcriptions'] as const) {
        const found = new Map(
          places.map((place) => [place, { rates: [] as number[], times: [] as number[] }]),
        );
        for (let round = -1; round < pairs; round++) {
          for (const place of round % 2 ? places.toReversed() : places) {
            const { rate, times } = await timedRound(place, call);
            if (round < 0) continue;
            found.get(place)?.rates.push(rate);
            found.get(place)?.times.push(...times);
          }
        }
        for (const [{ jobs }, { rates, times }] of found) {
          await told({
            call,
            stored: jobs,
            perSecond: figuresOf(rates, 1),
            milliseconds: figuresOf(times, 1),
          });
        }
      }
    } finally {
      await Promise.all(places.map(({ hark }) => hark.end('SIGKILL')));
      await redis.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** An API on a database with so many jobs that nobody works on. */
async function openPlace(dataDir: string, jobs: number, redisUrl: string): Promise<Place> {
  await mkdir(dataDir);
  const storage = await openTestStorage(dataDir);
  const orm = await connect(new SqliteDialect(storage.databasePath));
  await fill(orm, jobs / 2);
  const ids = await idsOf(orm);
  await orm.close();
  await storage.close();
  const variables = {
    ROLES: 'api',
    REDIS_URL: redisUrl,
    // Every call is somebody else's, for one caller may ask only so often.
    TRUSTED_PROXIES: '127.0.0.1',
  };
  const hark = new HarkProcess(dataDir, variables, () => undefined);
  await hark.start();
  return { jobs, hark, ids, viewed: 0 };
}

/** All jobs, done and queued ones in turn, from anywhere in the table: only what is done has a text to be told. */
async function idsOf(orm: Orm): Promise<string[]> {
  const random = new SeededRandom(1);
  const of = async (status: string): Promise<string[]> => {
    const rows = await orm.em
      .fork()
      .execute<{ id: string }[]>('select id from job where status = ?', [status]);
    return random.shuffled(rows.map(({ id }) => id));
  };
  const queued = await of('queued');
  return (await of('done')).flatMap((id, index) => [id, ...queued.slice(index, index + 1)]);
}
