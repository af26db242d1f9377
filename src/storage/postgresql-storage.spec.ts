import { describeStorage } from '../../test/contracts/storage/storage.contract';
import { TestPostgres, startPostgres } from '../../test/support/postgres';
import { TestStorage, openTestStorage } from '../../test/support/storage';

/** As after the migrations, but much faster than a new database. */
const EMPTY = `do $$ begin execute (
  select 'truncate ' || string_agg(quote_ident(tablename), ', ') || ' restart identity'
  from pg_tables where schemaname = 'public' and tablename <> 'mikro_orm_migrations'
); end $$`;

describe('PostgreSQL', () => {
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

  describeStorage({
    open: () => {
      postgres.ask(EMPTY, 'hark');
      return Promise.resolve({ ...storage, close: () => Promise.resolve() });
    },
    openAgain: ({ dataDir, databaseUrl }) => openTestStorage(dataDir, databaseUrl),
  });
});
