import { Database } from '../../src/storage/database';
import { DatabaseDialect, Orm } from '../../src/storage/dialects/database-dialect';
import { PostgresqlDialect } from '../../src/storage/dialects/postgresql.dialect';
import { SqliteDialect } from '../../src/storage/dialects/sqlite.dialect';
import { connect } from '../../src/storage/open-database';
import { TestPostgres, startPostgres } from '../support/postgres';
import { hearStatements } from '../support/statements';
import { TestStorage, openTestStorage, storesOf } from '../support/storage';
import { fill } from './filled-database';
import { storeCalls } from './store-calls';

const FEW = 200;
const MANY = 4_000;
/** What differs for other reasons: sums that happen not to be folded up. A table has twice as many as `MANY`. */
const MORE_ROWS = 1_000;

/** Every statement of every call, by the call's name. */
async function statementsOf(orm: Orm, dialect: DatabaseDialect): Promise<Map<string, string[]>> {
  const heard = new Map<string, string[]>();
  const calls = storeCalls(storesOf(new Database(orm, dialect), ''), new Date(Date.now() - 380_000));
  let statements: string[] = [];
  hearStatements(orm, (statement) => statements.push(statement));
  for (const [name, call] of Object.entries(calls)) {
    statements = [];
    await call();
    heard.set(name, statements);
  }
  return heard;
}

/** A step of PostgreSQL's plan, as it was done. */
interface Step {
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Step[];
}

function rowsOf(step: Step): number {
  const own = step['Actual Rows'] + (step['Rows Removed by Filter'] ?? 0);
  const rows = (own + (step['Rows Removed by Index Recheck'] ?? 0)) * step['Actual Loops'];
  return (step.Plans ?? []).reduce((sum, part) => sum + rowsOf(part), rows);
}

describe('however many jobs there are', () => {
  let postgres: TestPostgres;
  beforeAll(async () => void (postgres = await startPostgres()));
  afterAll(() => postgres.stop());

  /** Rows that PostgreSQL looks at in each call. */
  const rowsLookedAt = async (jobs: number): Promise<Map<string, number>> => {
    const url = postgres.createDatabase(`hark_${jobs}`);
    await (await openTestStorage('', url)).close();
    const dialect = new PostgresqlDialect(url);
    const orm = await connect(dialect);
    await fill(orm, jobs);
    postgres.ask('vacuum analyze', `hark_${jobs}`);
    const rows = new Map<string, number>();
    const statements = await statementsOf(orm, dialect);
    for (const [name, all] of statements) {
      const em = orm.em.fork();
      await em.begin();
      let sum = 0;
      for (const statement of all.filter((each) => /^(select|update|delete|with)/.test(each))) {
        const [plan] = await em.execute<{ 'QUERY PLAN': { Plan: Step }[] }[]>(
          `explain (analyze, format json) ${statement}`,
        );
        for (const { Plan: step } of plan?.['QUERY PLAN'] ?? []) sum += rowsOf(step);
      }
      await em.rollback();
      rows.set(name, sum);
    }
    await orm.close();
    return rows;
  };

  it('PostgreSQL looks at no more rows', async () => {
    const [few, many] = [await rowsLookedAt(FEW), await rowsLookedAt(MANY)];
    const grown = [...many].filter(([name, rows]) => rows > 2 * (few.get(name) ?? 0) + MORE_ROWS);
    expect(grown.map(([name, rows]) => [name, few.get(name), rows])).toEqual([]);
  }, 120_000);

  it('SQLite reads no table and no index from its beginning to its end', async () => {
    const storage: TestStorage = await openTestStorage();
    const dialect = new SqliteDialect(storage.databasePath);
    const orm = await connect(dialect);
    await fill(orm, MANY);
    for (const [name, all] of await statementsOf(orm, dialect)) {
      for (const statement of all.filter((each) => /^(select|update|delete|with|insert)/.test(each))) {
        const plan = await orm.em.fork().execute<{ detail: string }[]>(`explain query plan ${statement}`);
        const ordered = statement.includes(' limit ');
        const scans = plan.map(({ detail }) => detail).filter((detail) => isScan(detail, ordered));
        expect([name, statement, scans]).toEqual([name, statement, []]);
      }
    }
    await orm.close();
    await storage.close();
  }, 60_000);
});

/** Along an index only as far as the limit, and tables that stay small, are not meant. */
function isScan(detail: string, ordered: boolean): boolean {
  if (!/^SCAN (job|answer|transcript|j0|a0|t0)\b/.test(detail)) return false;
  return !(ordered && detail.includes('USING'));
}
