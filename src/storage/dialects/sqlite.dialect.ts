import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Migrator } from '@mikro-orm/migrations';
import { FilterQuery, SqlEntityManager } from '@mikro-orm/sql';
import { PreparingSqliteDriver } from './preparing-sqlite.driver';
import { lock } from 'proper-lockfile';
import { JobEntity } from '../entities/job.entity';
import { SQLITE_MIGRATIONS } from '../migrations/sqlite';
import { DatabaseDialect, Orm, OrmOptions } from './database-dialect';
import { matchAllWords } from './fts5-search';
import { tolerateRolledBack } from './sqlite-rollback';

/** While a database is being opened, waiting for another process may block this one. */
const OPENING_BUSY_MS = 10_000;
/** Afterwards it must not: `Database` tries again without blocking. */
const WORKING_BUSY_MS = 20;
const MIGRATION_WAIT = { retries: 600, minTimeout: 100, maxTimeout: 100 };
const PURGE_TRIES = 100;

const CONNECTION = [
  `busy_timeout = ${OPENING_BUSY_MS}`,
  'journal_mode = WAL',
  // A job that was accepted must survive a power cut, too.
  'synchronous = FULL',
  'foreign_keys = ON',
  'secure_delete = ON',
  // Words must not spill into temporary files.
  'temp_store = MEMORY',
  // Of the database this process keeps 2 MiB, as SQLite itself would have it, and not 16: the system keeps files as well.
  'cache_size = -2000',
];

/** SQLite through better-sqlite3: one connection a process, one writer at a time. */
export class SqliteDialect extends DatabaseDialect {
  readonly name = 'SQLite';
  readonly oneWriter = true;
  readonly remedy =
    'Check DATABASE_URL, the rights on DATA_DIR and the space left on its disk; the log has the cause.';

  constructor(private readonly path: string) {
    super();
  }

  options(): OrmOptions {
    return {
      driver: PreparingSqliteDriver,
      dbName: this.path,
      onCreateConnection: tolerateRolledBack,
      migrations: { migrationsList: SQLITE_MIGRATIONS },
      extensions: [Migrator],
      // FTS5's own, and what triggers keep.
      schemaGenerator: { skipTables: [/^transcript_search/, 'job_sum'] },
    };
  }

  async connected(orm: Orm): Promise<void> {
    for (const pragma of CONNECTION) await orm.em.fork().execute(`pragma ${pragma}`);
  }

  async open(connect: () => Promise<Orm>): Promise<Orm> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    await makePrivateFile(this.path);
    const upToDate = await this.openUpToDate(connect);
    if (upToDate) return upToDate;
    const release = await lock(this.path, { retries: MIGRATION_WAIT, stale: 30_000 });
    try {
      const orm = await connect();
      await prepare(orm, () => orm.migrator.up());
      return orm;
    } finally {
      await release();
    }
  }

  /**
   * Where nothing is to be migrated nobody takes the lock, for a process that is killed while it holds it would make all
   * others wait until the lock counts as stale.
   */
  private async openUpToDate(connect: () => Promise<Orm>): Promise<Orm | undefined> {
    if (!(await writesAhead(this.path))) return undefined;
    const orm = await connect();
    const upToDate = await prepare(orm, async () => {
      const [table] = await orm.em
        .fork()
        .execute("select 1 from sqlite_master where name = 'mikro_orm_migrations'");
      return table !== undefined && (await orm.migrator.getPending()).length === 0;
    });
    if (upToDate) return orm;
    await orm.close();
    return undefined;
  }

  /** Takes the write lock before anything is read: a transaction that has read cannot wait for it any more. */
  async beginWrite(em: SqlEntityManager): Promise<void> {
    await em.execute('delete from queue_line where false');
  }

  async lock(): Promise<void> {}

  search(em: SqlEntityManager, words: string, times: number): Promise<FilterQuery<JobEntity>> {
    return matchAllWords(em, words, times);
  }

  serverTime(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  readonly timeParameter = '?';
  readonly textsParameter = '(select value from json_each(?))';

  millisecondsOf(column: string): string {
    return column;
  }

  numberIn(column: string, key: string): string {
    return `json_extract(${column}, '$.${key}')`;
  }

  /** Empties the write-ahead log, which must wait until no other process reads from it. */
  async purge(orm: Orm): Promise<void> {
    for (let tried = 1; tried <= PURGE_TRIES; tried++) {
      const [result] = await orm.em.fork().execute<{ busy: number }[]>('pragma wal_checkpoint(TRUNCATE)');
      if (result?.busy === 0) return;
      await setTimeout(WORKING_BUSY_MS);
    }
  }

  /** What does not fit into the database's file now stays in the log, and is read from there at the next start. */
  async closing(orm: Orm): Promise<void> {
    await this.purge(orm).catch(() => undefined);
  }
}

/** Does the last of what may block before the work begins. */
async function prepare<T>(orm: Orm, last: () => Promise<T>): Promise<T> {
  try {
    const result = await last();
    await orm.em.fork().execute(`pragma busy_timeout = ${WORKING_BUSY_MS}`);
    return result;
  } catch (error) {
    await orm.close();
    throw error;
  }
}

/** SQLite gives its other files the same permissions. */
async function makePrivateFile(path: string): Promise<void> {
  const file = await open(path, 'a', 0o600);
  try {
    await file.chmod(0o600);
  } finally {
    await file.close();
  }
}

/** Whether the file is a database with a write-ahead log; it becomes one at its first opening. */
async function writesAhead(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    // The versions that are needed to write and to read it: https://www.sqlite.org/fileformat.html#file_format_version_numbers
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 18);
    return bytesRead === 2 && buffer[0] === 2 && buffer[1] === 2;
  } finally {
    await file.close();
  }
}
