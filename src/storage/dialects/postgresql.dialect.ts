import { Migrator } from '@mikro-orm/migrations';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { FilterQuery, MikroORM, SqlEntityManager } from '@mikro-orm/sql';
import { JobEntity } from '../entities/job.entity';
import { POSTGRESQL_MIGRATIONS } from '../migrations/postgresql';
import { DatabaseDialect, Orm, OrmOptions } from './database-dialect';
import { PostgresqlErasures } from './postgresql-erasures';
import { checkServer, openingError } from './postgresql-opening';
import { PATIENCE, PATIENCE_WHEN_MIGRATING, Patience, poolOptions } from './postgresql-pool';
import { PATIENCE_WHEN_REWRITING, rewrite } from './postgresql-rewriting';
import { TranscriptWords, matchAllWords } from './tsvector-search';

export interface PostgresqlChoices {
  /** Connections at most. */
  poolSize: number;
  patience: Patience;
  /** Tables of up to this size, with their indexes, are written anew when something was erased. */
  smallBytes: number;
}

/** Is written within a second or so. */
const SMALL_BYTES = 32 * 1024 * 1024;

/** PostgreSQL 13 or newer through node-postgres; any number of processes. */
export class PostgresqlDialect extends DatabaseDialect {
  readonly name = 'PostgreSQL';
  readonly oneWriter = false;
  readonly remedy =
    'Check that PostgreSQL runs, that DATABASE_URL has the right address, user, password and database, and that there is space left on its disk; the log has the cause.';
  private readonly erasures = new PostgresqlErasures(() => this.rewrite());
  /** By transaction. */
  private readonly held = new WeakMap<object, Set<string>>();

  private readonly choices: PostgresqlChoices;

  constructor(
    private readonly url: string,
    choices: Partial<PostgresqlChoices> = {},
  ) {
    super();
    this.choices = { poolSize: 10, patience: PATIENCE, smallBytes: SMALL_BYTES, ...choices };
  }

  options(): OrmOptions {
    return {
      ...this.server(this.choices.poolSize, this.choices.patience),
      migrations: { migrationsList: POSTGRESQL_MIGRATIONS },
      extensions: [Migrator],
      subscribers: [new TranscriptWords()],
      schemaGenerator: { skipTables: ['transcript_search', 'job_sum'] },
    };
  }

  async open(connect: () => Promise<Orm>): Promise<Orm> {
    try {
      await this.migrate();
      return await connect();
    } catch (error) {
      throw openingError(error, this.url);
    }
  }

  async connected(): Promise<void> {}

  /** Rows are locked as they are changed. */
  async beginWrite(): Promise<void> {}

  async lock(em: SqlEntityManager, keys: readonly string[]): Promise<void> {
    const transaction = em.getTransactionContext<object>();
    if (!transaction) throw new Error('There is no transaction that could hold a lock.');
    const held = this.held.get(transaction) ?? new Set();
    this.held.set(transaction, held);
    const wanted = keys.filter((key) => !held.has(key));
    if (wanted.length === 0) return;
    // In this order.
    const locks = wanted.map(() => 'pg_advisory_xact_lock(hashtextextended(?, 0))');
    await em.execute(
      `select ${locks.join(', ')}`,
      wanted.map((key) => `hark ${key}`),
    );
    for (const key of wanted) held.add(key);
  }

  async serverTime(em: SqlEntityManager): Promise<Date | undefined> {
    const [row] = await em.execute<{ ms: string }[]>(
      'select extract(epoch from clock_timestamp()) * 1000 as ms',
    );
    return row && new Date(Number(row.ms));
  }

  readonly timeParameter = 'to_timestamp(? / 1000.0)';
  readonly textsParameter = '(select jsonb_array_elements_text(?::jsonb))';

  millisecondsOf(column: string): string {
    return `extract(epoch from ${column}) * 1000`;
  }

  numberIn(column: string, key: string): string {
    return `(${column} ->> '${key}')::double precision`;
  }

  search(em: SqlEntityManager, words: string): Promise<FilterQuery<JobEntity>> {
    return matchAllWords(em, words);
  }

  async purge(): Promise<void> {
    await this.erasures.run();
  }

  async closing(): Promise<void> {
    await this.erasures.close();
  }

  private rewrite(): Promise<boolean> {
    // All on one connection, which keeps what is set for it.
    return this.apart(1, PATIENCE_WHEN_REWRITING, (orm) => rewrite(orm, this.choices.smallBytes));
  }

  private async migrate(): Promise<void> {
    // One connection holds the lock, the other one migrates.
    await this.apart(2, PATIENCE_WHEN_MIGRATING, async (orm) => {
      await orm.em.fork().transactional(async (em) => {
        await checkServer(em);
        await this.lock(em, ['migrations']);
        await orm.migrator.up();
      });
    });
  }

  /** On connections of its own. */
  private async apart<T>(poolSize: number, patience: Patience, work: (orm: Orm) => Promise<T>): Promise<T> {
    const orm = await MikroORM.init({
      ...this.server(poolSize, patience),
      entities: [],
      discovery: { warnWhenNoEntities: false },
      migrations: { migrationsList: POSTGRESQL_MIGRATIONS, snapshot: false, silent: true },
      extensions: [Migrator],
    });
    try {
      return await work(orm);
    } finally {
      await orm.close();
    }
  }

  private server(poolSize: number, patience: Patience): OrmOptions {
    return {
      driver: PostgreSqlDriver,
      clientUrl: this.url,
      driverOptions: poolOptions(this.url, poolSize, patience),
    };
  }
}
