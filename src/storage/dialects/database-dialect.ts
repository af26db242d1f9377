import { MikroORM, Options, RawQueryFragment, SqlEntityManager } from '@mikro-orm/sql';

export type Orm = MikroORM;
export type OrmOptions = Options;

/** All in which databases differ. */
export abstract class DatabaseDialect {
  abstract readonly name: string;
  /** Driver, address and migrations. */
  abstract options(): OrmOptions;
  /** Prepares a fresh connection. */
  abstract connected(orm: Orm): Promise<void>;
  /** Prepares it for work, once the tables are up to date. */
  abstract migrated(orm: Orm): Promise<void>;
  /** Runs `work` while no other process migrates the same database. */
  abstract exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** First thing in every transaction that writes. */
  abstract beginWrite(em: SqlEntityManager): Promise<void>;
  /**
   * Holds whoever else changes the same line or sequence until the transaction ends, so that what is computed from
   * several rows cannot be stale.
   */
  abstract lock(em: SqlEntityManager, key: string): Promise<void>;
  /** Condition on the id of a transcript: it holds all these words. */
  abstract search(words: string): RawQueryFragment;
  /** After words have been erased: nothing of them may stay in the database's files. */
  abstract purge(orm: Orm): Promise<void>;
  /** Before the connection is closed. */
  abstract closing(orm: Orm): Promise<void>;
}
