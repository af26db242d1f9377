import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Migrator } from '@mikro-orm/migrations';
import { RawQueryFragment, SqlEntityManager } from '@mikro-orm/sql';
import { SqliteDriver } from '@mikro-orm/sqlite';
import { lock } from 'proper-lockfile';
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
      driver: SqliteDriver,
      dbName: this.path,
      onCreateConnection: tolerateRolledBack,
      migrations: { migrationsList: SQLITE_MIGRATIONS },
      extensions: [Migrator],
      // FTS5's own.
      schemaGenerator: { skipTables: [/^transcript_search/] },
    };
  }

  async connected(orm: Orm): Promise<void> {
    for (const pragma of CONNECTION) await orm.em.fork().execute(`pragma ${pragma}`);
  }

  async open(connect: () => Promise<Orm>): Promise<Orm> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    await makePrivateFile(this.path);
    const release = await lock(this.path, { retries: MIGRATION_WAIT, stale: 30_000 });
    try {
      const orm = await connect();
      await migrate(orm);
      return orm;
    } finally {
      await release();
    }
  }

  /** Takes the write lock before anything is read: a transaction that has read cannot wait for it any more. */
  async beginWrite(em: SqlEntityManager): Promise<void> {
    await em.execute('delete from queue_line where false');
  }

  async lock(): Promise<void> {}

  search(words: string): RawQueryFragment {
    return matchAllWords(words);
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

async function migrate(orm: Orm): Promise<void> {
  try {
    await orm.migrator.up();
    await orm.em.fork().execute(`pragma busy_timeout = ${WORKING_BUSY_MS}`);
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
