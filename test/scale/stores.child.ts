// What the stores take with 100 and with 100,000 queued jobs, and as many done ones:
//   npx node --require ./test/support/typescript-hook.cjs test/scale/stores.child.ts [jobs] [SQLite|PostgreSQL]
import 'reflect-metadata';
import { PostgresqlDialect } from '../../src/storage/dialects/postgresql.dialect';
import { SqliteDialect } from '../../src/storage/dialects/sqlite.dialect';
import { connect } from '../../src/storage/open-database';
import { TestPostgres, startPostgres } from '../support/postgres';
import { TestStorage, openTestStorage } from '../support/storage';
import { fill } from './filled-database';
import { storeCalls } from './store-calls';

const FEW = 100;
const ROUNDS = 41;
/** Of the time that the fewer jobs came in. */
const old = (): Date => new Date(Date.now() - 1.9 * FEW * 1000);

/**
 * Turn by turn, so that whatever else this machine does meanwhile hits both alike; and who is first changes, for on a
 * busy machine the second call would always be the one that is interrupted.
 */
async function measured(storages: readonly TestStorage[]): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  const all = storages.map((storage) => storeCalls(storage, old()));
  for (const name of Object.keys(all[0] ?? {})) {
    const times: number[][] = storages.map(() => []);
    for (let round = 0; round < ROUNDS; round++) {
      const turns = [...all.entries()];
      for (const [index, one] of round % 2 ? turns.reverse() : turns) {
        const begun = performance.now();
        await one[name]?.();
        times[index]?.push(performance.now() - begun);
      }
    }
    found.set(name, times.map(undisturbed));
  }
  return found;
}

/** The median of the faster half: what the slower half waited for was mostly the rest of the machine. */
function undisturbed(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 4)] ?? 0;
}

async function filled(jobs: number, postgres?: TestPostgres): Promise<TestStorage> {
  const storage = await openTestStorage(undefined, postgres?.createDatabase(`hark_${jobs}`));
  const { databaseUrl, databasePath } = storage;
  const orm = await connect(postgres ? new PostgresqlDialect(databaseUrl) : new SqliteDialect(databasePath));
  await fill(orm, jobs);
  await orm.close();
  if (postgres) postgres.ask('vacuum analyze', `hark_${jobs}`);
  return storage;
}

async function main(many: number, only?: string): Promise<void> {
  for (const name of ['SQLite', 'PostgreSQL'].filter((each) => each === (only ?? each))) {
    const postgres = name === 'PostgreSQL' ? await startPostgres() : undefined;
    const table: Record<string, object> = {};
    const begun = performance.now();
    const [few, lots] = [await filled(FEW, postgres), await filled(many, postgres)];
    console.log(`\n${name}, filled in ${Math.round((performance.now() - begun) / 1000)} s; milliseconds`);
    for (const [call, [one = 0, other = 0]] of await measured([few, lots])) {
      table[call] = { [FEW]: one.toFixed(2), [many]: other.toFixed(2), times: (other / one).toFixed(1) };
    }
    console.table(table);
    for (const storage of [few, lots]) await storage.close();
    await postgres?.stop();
  }
}

void main(Number(process.argv[2] ?? 100_000), process.argv[3]);
