import { chownSync, statSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { newJob } from '../../test/support/new-job';
import { TestPostgres, startPostgres } from '../../test/support/postgres';
import { canMount, mountSmallDisk } from '../../test/support/small-disk';
import { Stores, TestStorage, openTestStorage, storesOf } from '../../test/support/storage';
import { Database } from './database';
import { PostgresqlDialect } from './dialects/postgresql.dialect';
import { connect } from './open-database';
import { StorageHealthCheck } from './storage-health.check';

const POOL_SIZE = 3;
const OUTAGE = { code: 'service_unavailable', retryable: true };

describe('PostgreSQL in trouble', () => {
  let postgres: TestPostgres;
  let storage: TestStorage;
  beforeAll(async () => {
    postgres = await startPostgres();
    storage = await openTestStorage(undefined, postgres.createDatabase('hark'), { poolSize: POOL_SIZE });
  });
  afterAll(async () => {
    await storage.close();
    await postgres.stop();
  });

  const addAtOnce = (stores: Stores, count: number): Promise<unknown>[] =>
    Array.from({ length: count }, () => stores.jobs.add(newJob()));
  /** With as many connections as there are, so that a lost one is missed. */
  const works = async (stores: Stores, size = POOL_SIZE): Promise<void> => {
    for (let round = 0; round < 3; round++) await Promise.all(addAtOnce(stores, size));
  };
  /** A connection of this test's own, which does not wait long. */
  const impatient = async (): Promise<{ database: Database; stores: Stores }> => {
    const patience = { connecting: 1_500, statement: 2_500, grace: 500, lock: 60_000, idle: 60_000 };
    const dialect = new PostgresqlDialect(storage.databaseUrl, { poolSize: 2, patience });
    const database = new Database(await connect(dialect), dialect);
    return { database, stores: storesOf(database, storage.dataDir) };
  };

  it('restarted in the meantime, is found again by every connection', async () => {
    await works(storage);
    await postgres.kill();
    const adds = addAtOnce(storage, 2 * POOL_SIZE).map((add) => add.catch((error: unknown) => error));
    for (const error of await Promise.all(adds)) expect(error).toMatchObject(OUTAGE);
    await postgres.start();
    await works(storage);
  });

  it('restarted, keeps nobody waiting for more than a moment, and nobody sees an error', async () => {
    for (let round = 0; round < 3; round++) {
      const restarted = postgres.restart();
      const adds = addAtOnce(storage, 2 * POOL_SIZE).map((add) => add.catch((error: unknown) => error));
      await restarted;
      for (const added of await Promise.all(adds)) {
        // Whether what it was just committing is stored nobody knows: that alone is not repeated.
        if (added instanceof Error) expect(added).toMatchObject(OUTAGE);
      }
      await works(storage);
    }
  });

  it('ending connections in the middle of transactions, leaves none unusable', async () => {
    for (let round = 0; round < 2 * POOL_SIZE; round++) {
      const settled = Promise.allSettled(addAtOnce(storage, 3 * POOL_SIZE));
      postgres.ask(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'hark' and state <> 'idle'",
      );
      for (const result of await settled) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject(OUTAGE);
      }
    }
    await works(storage);
  });

  it('hanging, is not waited for for ever, and says so', async () => {
    const { database, stores } = await impatient();
    const health = new StorageHealthCheck(database);
    await works(stores, 2);
    expect(await health.check()).toEqual([{ name: 'database', state: 'ok', detail: 'PostgreSQL answers.' }]);
    postgres.pause();
    const hanging = addAtOnce(stores, 4).map((add) => add.catch((error: unknown) => error));
    for (const error of await Promise.all(hanging)) expect(error).toMatchObject(OUTAGE);
    await expect(stores.archive.stats()).rejects.toMatchObject(OUTAGE);
    expect(await health.check()).toMatchObject([
      {
        state: 'broken',
        detail: 'PostgreSQL does not answer.',
        remedy: expect.stringMatching(/DATABASE_URL/) as string,
      },
    ]);
    postgres.resume();
    await works(stores, 2);
    await database.close();
  });

  it('with a table that somebody holds, ends the wait, and gives the connections back', async () => {
    const { database, stores } = await impatient();
    const holder = await connect(new PostgresqlDialect(storage.databaseUrl));
    const em = holder.em.fork();
    await em.begin();
    await em.execute('lock table job in access exclusive mode');
    // Two have a connection, the others wait for one.
    const waiting = addAtOnce(stores, 6).map((add) => add.catch((error: unknown) => error));
    for (const error of await Promise.all(waiting)) expect(error).toMatchObject(OUTAGE);
    await em.rollback();
    await works(stores, 2);
    await holder.close();
    await database.close();
  });

  it('with fewer connections than hark may open, is asked by one after the other', async () => {
    postgres.ask("create role limited login password 'limited' connection limit 2");
    postgres.createDatabase('limited', 'template0 owner limited');
    const url = postgres.url('limited').replace(/hark:[^@]+@/, 'limited:limited@');
    const limited = await openTestStorage(storage.dataDir, url, { poolSize: 6 });
    expect(await Promise.all(addAtOnce(limited, 12))).toHaveLength(12);
    await limited.close();
  });

  (canMount ? it : it.skip)('on a full disk says so, and works again when there is space', async () => {
    const disk = mountSmallDisk(26_000);
    const path = disk?.path ?? '';
    const { uid, gid } = statSync(postgres.directory);
    chownSync(path, uid, gid);
    postgres.ask(`create tablespace small location '${path}'`);
    const url = postgres.createDatabase('small', 'template0 tablespace small');
    const small = await openTestStorage(undefined, url);
    const filler = join(path, 'filler');
    try {
      await writeFile(filler, Buffer.alloc(10_000_000));
      const job = newJob();
      const ids: string[] = [];
      const fill = async (): Promise<void> => {
        for (;;) {
          const options = { ...job.note.options, prompt: randomBytes(30_000).toString('base64') };
          ids.push((await small.jobs.add({ ...job, note: { ...job.note, options } })).job.id);
        }
      };
      await expect(fill()).rejects.toMatchObject({ code: 'storage_full', retryable: true });
      expect((await small.archive.stats()).byStatus.queued).toBe(ids.length);
      await rm(filler);
      await expect(small.jobs.add(newJob())).resolves.toMatchObject({ created: true });
    } finally {
      await small.close();
      postgres.ask('drop database small');
      postgres.ask('drop tablespace small');
      disk?.remove();
    }
  });
});
