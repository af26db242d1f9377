import { inspect } from 'node:util';
import {
  closesDirectMessages,
  findsWhatWasSaidBefore,
  keepsItsQueue,
} from '../../test/contracts/storage/upgrade.contract';
import { jobIn } from '../../test/support/job-stages';
import { TestPostgres, startPostgres } from '../../test/support/postgres';
import { openElsewhere } from '../../test/support/storage-process';
import { TestStorage, openTestStorage } from '../../test/support/storage';
import { Database } from './database';
import { Orm } from './dialects/database-dialect';
import { PostgresqlDialect } from './dialects/postgresql.dialect';
import { connect, openDatabase } from './open-database';

describe('a PostgreSQL server', () => {
  let postgres: TestPostgres;
  let storage: TestStorage;
  beforeAll(async () => {
    postgres = await startPostgres();
    storage = await openTestStorage(undefined, postgres.createDatabase('hark'));
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

  it('tells the time', async () => {
    const before = Date.now();
    const time = await storage.archive.serverTime();
    // The same machine's clock, in microseconds.
    expect(time?.getTime()).toBeGreaterThanOrEqual(before - 1);
    expect(time?.getTime()).toBeLessThanOrEqual(Date.now() + 1);
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
    const orm = await connect(new PostgresqlDialect(url));
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

  it.each([
    ['keeps its queue', 'upgraded', keepsItsQueue],
    ['closes direct messages', 'closed', closesDirectMessages],
    ['finds what was said before', 'searched', findsWhatWasSaidBefore],
  ])('%s when its tables are brought up to date', async (_, name, contract) => {
    const url = postgres.createDatabase(name);
    const upgraded = await openTestStorage(storage.dataDir, url);
    await contract(upgraded, async (wanted) => {
      const orm = await connect(new PostgresqlDialect(url));
      // Its index has columns of the earlier ones.
      for (const migration of new Set(['0016-search', wanted]))
        await orm.migrator.down({ migrations: [migration] });
      await orm.migrator.up();
      await orm.close();
    });
    await upgraded.close();
  });

  it('tells what must be changed when it cannot be used, and never the password', async () => {
    const other = postgres.createDatabase('latin', "template0 encoding 'LATIN1'");
    postgres.ask("create role stranger login password 'password-of-a-stranger'");
    const secret = 'password-of-nobody';
    const wrong = [
      [postgres.url().replace(/:[^:@]+@/, `:${secret}@`), 'settings_invalid', 'user or the password', false],
      [postgres.url('nothing'), 'settings_invalid', 'no database of the name', false],
      [other, 'settings_invalid', 'must be UTF8', false],
      [
        postgres.url().replace(/hark:[^@]+@/, 'stranger:password-of-a-stranger@'),
        'settings_invalid',
        'must be theirs',
        false,
      ],
      [
        `postgresql://hark:${secret}@127.0.0.1:1/hark`,
        'service_unavailable',
        'PostgreSQL at 127.0.0.1:1 ',
        true,
      ],
      [`${postgres.url()}?sslmode=verify-full`, 'service_unavailable', 'does not support SSL', false],
    ] as const;
    for (const [url, code, sentence, passes] of wrong) {
      const error: unknown = await openDatabase(url).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code,
        retryable: passes,
        userMessage: expect.stringContaining(sentence) as string,
      });
      expect(inspect(error, { depth: 9 })).not.toContain('password-of');
    }
  });

  it('that finds two transactions waiting for each other lets both be done', async () => {
    const orm: Orm = await connect(new PostgresqlDialect(storage.databaseUrl));
    const database = new Database(orm, new PostgresqlDialect(storage.databaseUrl));
    const holding = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    let begun = 0;
    const lockBoth = (first: 0 | 1): Promise<number> =>
      database.write(async (em) => {
        begun += 1;
        await database.dialect.lock(em, [`test ${first}`]);
        holding[first].resolve();
        await holding[first ? 0 : 1].promise;
        await database.dialect.lock(em, [`test ${first ? 0 : 1}`]);
        return first;
      });
    expect(await Promise.all([lockBoth(0), lockBoth(1)])).toEqual([0, 1]);
    expect(begun).toBe(3);
    await database.close();
  });
});
