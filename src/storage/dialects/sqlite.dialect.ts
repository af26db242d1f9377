import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Migrator } from '@mikro-orm/migrations';
import { RawQueryFragment, SqlEntityManager } from '@mikro-orm/sql';
import { SqliteConnection, SqliteDriver } from '@mikro-orm/sqlite';
import { lock } from 'proper-lockfile';
import { SQLITE_MIGRATIONS } from '../migrations/sqlite';
import { DatabaseDialect, Orm, OrmOptions } from './database-dialect';
import { matchAllWords } from './fts5-search';

/** While a database is being opened, waiting for another process may block this one. */
const OPENING_BUSY_MS = 10_000;
/** Afterwards it must not: `Database` tries again without blocking. */
const WORKING_BUSY_MS = 20;
const MIGRATION_WAIT = { retries: 600, minTimeout: 100, maxTimeout: 100 };
const PURGE_TRIES = 100;

/** SQLite through better-sqlite3: one connection a process, one writer at a time. */
export class SqliteDialect extends DatabaseDialect {
  readonly name = 'SQLite';

  constructor(private readonly path: string) {
    super();
  }

  options(): OrmOptions {
    return {
      driver: SqliteDriver,
      dbName: this.path,
      migrations: { migrationsList: SQLITE_MIGRATIONS },
      extensions: [Migrator],
    };
  }

  async connected(orm: Orm): Promise<void> {
    const database = await native(orm);
    database.pragma(`busy_timeout = ${OPENING_BUSY_MS}`);
    database.pragma('journal_mode = WAL');
    // A job that was accepted must survive a power cut, too.
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('secure_delete = ON');
    // Words must not spill into temporary files.
    database.pragma('temp_store = MEMORY');
  }

  async migrated(orm: Orm): Promise<void> {
    (await native(orm)).pragma(`busy_timeout = ${WORKING_BUSY_MS}`);
  }

  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    await makePrivateFile(this.path);
    const release = await lock(this.path, { retries: MIGRATION_WAIT, stale: 30_000 });
    try {
      return await work();
    } finally {
      await release();
    }
  }

  /** Takes the write lock before anything is read: a transaction that has read cannot wait for it any more. */
  async beginWrite(em: SqlEntityManager): Promise<void> {
    await em.execute('delete from queue_line where false');
  }

  /** The whole database has one writer. */
  async lock(): Promise<void> {}

  search(words: string): RawQueryFragment {
    return matchAllWords(words);
  }

  /** Empties the write-ahead log, which must wait until no other process reads from it. */
  async purge(orm: Orm): Promise<void> {
    const database = await native(orm);
    for (let tried = 1; tried <= PURGE_TRIES; tried++) {
      if (database.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0) return;
      await setTimeout(WORKING_BUSY_MS);
    }
  }

  async closing(orm: Orm): Promise<void> {
    await this.purge(orm);
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

function native(orm: Orm): ReturnType<SqliteConnection['getNativeClient']> {
  return (orm.em.getConnection() as SqliteConnection).getNativeClient();
}
