import { FilterQuery, MikroORM, Options, SqlEntityManager } from '@mikro-orm/sql';
import { JobEntity } from '../entities/job.entity';

export type Orm = MikroORM;
export type OrmOptions = Options;

/** All in which databases differ. */
export abstract class DatabaseDialect {
  /** As an admin knows it. */
  abstract readonly name: string;
  /** What an admin can do when it does not answer. */
  abstract readonly remedy: string;
  /** Driver, address and migrations. */
  abstract options(): OrmOptions;
  /** Brings the tables up to date while no other process does, and prepares a connection for work. */
  abstract open(connect: () => Promise<Orm>): Promise<Orm>;
  /** Prepares a fresh connection. */
  abstract connected(orm: Orm): Promise<void>;
  /** First thing in every transaction that writes. */
  abstract beginWrite(em: SqlEntityManager): Promise<void>;
  /** Transactions that write run one after the other by themselves; `lock` has nothing to do. */
  abstract readonly oneWriter: boolean;
  /**
   * Holds up whoever else locks one of the keys until the transaction ends, so that what is computed from several rows
   * cannot be stale. Free when it is held already.
   */
  abstract lock(em: SqlEntityManager, keys: readonly string[]): Promise<void>;
  /**
   * Condition on jobs: their transcripts hold all these words.
   *
   * @param times how many queries it is for
   */
  abstract search(em: SqlEntityManager, words: string, times: number): Promise<FilterQuery<JobEntity>>;
  /** By the clock of its server. Undefined where there is none. */
  abstract serverTime(em: SqlEntityManager): Promise<Date | undefined>;
  /** SQL: milliseconds since 1970 of a column with a time. */
  abstract millisecondsOf(column: string): string;
  /** SQL: the time that a parameter with milliseconds since 1970 stands for. */
  abstract readonly timeParameter: string;
  /** SQL: the texts of a parameter with a JSON array of them, for `in`: there may be thousands. */
  abstract readonly textsParameter: string;
  /** SQL: a number in a column with JSON; null where it is missing. */
  abstract numberIn(column: string, key: string): string;
  /** After words have been erased: nothing of them may stay in the database's files. */
  abstract purge(orm: Orm): Promise<void>;
  /** Before the connection is closed. */
  abstract closing(orm: Orm): Promise<void>;
}
