import { describeStorage } from '../../test/contracts/storage/storage.contract';
import { chatJob, lease, spoken } from '../../test/support/job-stages';
import { TestPostgres, startPostgres } from '../../test/support/postgres';
import { TestStorage, openTestStorage } from '../../test/support/storage';
import { DatabaseDialect } from './dialects/database-dialect';
import { JobLocks, lineLock } from './jobs/job-locks';
import { openDatabase } from './open-database';

async function addTo(storage: TestStorage, user: string): Promise<string> {
  const { job } = await storage.jobs.add(chatJob({ user, sequenceKey: 'one after the other' }));
  return job.id;
}

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

  it('takes ahead the line of whom the end of a job lets through, past those with a draft', async () => {
    postgres.ask(EMPTY, 'hark');
    const drafted = await addTo(storage, 'ann');
    const running = await addTo(storage, 'ben');
    await addTo(storage, 'cem');
    const { transcript, media } = spoken();
    const held = lease();
    await storage.jobs.claim(drafted, held, new Date());
    await storage.jobs.saveDraft(drafted, held.owner, { transcript, media }, new Date());
    const taken: string[] = [];
    const dialect = {
      oneWriter: false,
      lock: (_: unknown, keys: readonly string[]) => Promise.resolve(void taken.push(...keys)),
    } as unknown as DatabaseDialect;
    const database = await openDatabase(storage.databaseUrl);
    await database.read((em) => new JobLocks(dialect).hold(em, [running]));
    await database.close();
    const [own, next] = ['ben', 'cem'].map((requesterId) => lineLock({ platform: 'discord', requesterId }));
    expect(taken).toEqual(expect.arrayContaining([own, next]));
  });
});
