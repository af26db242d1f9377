import { keepsItsQueue } from '../../test/contracts/storage/upgrade.contract';
import { jobIn } from '../../test/support/job-stages';
import { newJob } from '../../test/support/new-job';
import { TestPostgres, startPostgres } from '../../test/support/postgres';
import { openElsewhere } from '../../test/support/storage-process';
import { TestStorage, openTestStorage } from '../../test/support/storage';
import { PostgresqlDialect } from './dialects/postgresql.dialect';
import { connect, openDatabase } from './open-database';

const POOL_SIZE = 3;

describe('a PostgreSQL server', () => {
  let postgres: TestPostgres;
  let storage: TestStorage;
  beforeAll(async () => {
    postgres = await startPostgres(['max_connections=20']);
    storage = await openTestStorage(undefined, postgres.createDatabase('hark'), POOL_SIZE);
  });
  afterAll(async () => {
    await storage.close();
    await postgres.stop();
  });

  it('gets its tables from processes that start at the same moment', async () => {
    const url = postgres.createDatabase('contended');
    const others = await Promise.all([1, 2, 3].map(() => openElsewhere(storage.dataDir, '', url)));
    const here = await openTestStorage(storage.dataDir, url);
    const { jobs } = await here.archive.list({ limit: 9 });
    expect(jobs.map(({ id }) => id).sort()).toEqual(others.map(({ jobId }) => jobId).sort());
    await here.close();
  });

  it('gives a job to one of several processes', async () => {
    const { id } = await jobIn(storage, 'queued', true);
    const others = await Promise.all(
      [1, 2, 3].map(() => openElsewhere(storage.dataDir, id, storage.databaseUrl)),
    );
    expect(others.filter(({ claimed }) => claimed)).toHaveLength(1);
  });

  it('has the tables that the entities describe, and loses them by the way back', async () => {
    const url = postgres.createDatabase('described');
    await (await openDatabase(url)).close();
    const orm = await connect(new PostgresqlDialect(url, 1));
    const differences = (await orm.schema.getUpdateSchemaSQL({ wrap: false })).split('\n');
    // Triggers belong to this dialect only; the order within an index is not read back.
    const expected = /^$|index "queue_line_order"|job_sum_/;
    expect(differences.filter((line) => !expected.test(line))).toEqual([]);
    await orm.migrator.down({ to: 0 });
    const left = await orm.em.execute("select tablename from pg_tables where schemaname = 'public'");
    expect(left).toEqual([{ tablename: 'mikro_orm_migrations' }]);
    await orm.migrator.up();
    await orm.close();
  });

  it('keeps its queue when its tables are brought up to date', async () => {
    const url = postgres.createDatabase('upgraded');
    const upgraded = await openTestStorage(storage.dataDir, url);
    await keepsItsQueue(upgraded, async (name) => {
      const orm = await connect(new PostgresqlDialect(url, 1));
      await orm.migrator.down({ migrations: [name] });
      await orm.migrator.up();
      await orm.close();
    });
    await upgraded.close();
  });

  it('that is restarted is found again, by every connection', async () => {
    await Promise.all(Array.from({ length: 2 * POOL_SIZE }, () => storage.jobs.add(newJob())));
    await postgres.kill();
    const failing = Array.from({ length: 2 * POOL_SIZE }, () => storage.jobs.add(newJob()));
    for (const add of failing) {
      await expect(add).rejects.toMatchObject({ code: 'service_unavailable', retryable: true });
    }
    await postgres.start();
    for (let round = 0; round < 2; round++) {
      const adds = Array.from({ length: 3 * POOL_SIZE }, () => storage.jobs.add(newJob()));
      for (const { created } of await Promise.all(adds)) expect(created).toBe(true);
    }
  });

  it('that ends connections in the middle of transactions leaves none unusable', async () => {
    for (let round = 0; round < 3 * POOL_SIZE; round++) {
      const adds = Array.from({ length: 3 * POOL_SIZE }, () => storage.jobs.add(newJob()));
      const settled = Promise.allSettled(adds);
      postgres.ask(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'hark' and state <> 'idle'",
      );
      for (const result of await settled) {
        if (result.status === 'rejected')
          expect(result.reason).toMatchObject({ code: 'service_unavailable' });
      }
    }
    const adds = Array.from({ length: 3 * POOL_SIZE }, () => storage.jobs.add(newJob()));
    expect(await Promise.all(adds)).toHaveLength(3 * POOL_SIZE);
  });
});
