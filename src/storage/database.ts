import { Logger } from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import {
  ForeignKeyConstraintViolationException,
  SqlEntityManager,
  UniqueConstraintViolationException,
} from '@mikro-orm/sql';
import { DatabaseDialect, Orm } from './dialects/database-dialect';
import { databaseDown, isBusy, isLost, storageError } from './storage-error.mapper';

/** How long to wait for another process that writes. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 20;
/** How long to wait for a database that was restarted; whoever asks for something is still waiting for an answer. */
const OUTAGE_MS = 3_000;
const OUTAGE_PAUSE_MS = 200;
/** Times that a write is begun anew when another process stored the same thing first, or removed what it builds on. */
const TRIES = 3;

/**
 * The open database. Every call works on a fork of the entity manager, so that nobody outside needs to know of request
 * contexts.
 */
export class Database {
  private readonly logger = new Logger(Database.name);
  private closed = false;

  constructor(
    private readonly orm: Orm,
    readonly dialect: DatabaseDialect,
  ) {}

  /** @throws HarkError `storage_full` or `service_unavailable` when the database fails */
  async read<T>(work: (em: SqlEntityManager) => Promise<T>): Promise<T> {
    return this.patiently(() => work(this.orm.em.fork()), isLost);
  }

  /**
   * Runs `work` in one transaction, again from its beginning when somebody else was faster. `work` must use the entity manager it is given, and no other.
   *
   * @throws HarkError as `read`
   */
  async write<T>(work: (em: SqlEntityManager) => Promise<T>): Promise<T> {
    let committing = false;
    const transaction = (): Promise<T> =>
      this.orm.em.fork().transactional(async (em) => {
        committing = false;
        await this.dialect.beginWrite(em);
        const result = await work(em);
        await em.flush();
        committing = true;
        return result;
      });
    // Whether what was being committed is stored nobody can tell.
    return this.patiently(transaction, (error) => !committing && isLost(error));
  }

  private async patiently<T>(work: () => Promise<T>, mayRepeat: (error: unknown) => boolean): Promise<T> {
    const begun = performance.now();
    for (let tried = 1; ; tried++) {
      // The driver would connect again, unprepared.
      if (this.closed) throw databaseDown();
      try {
        return await work();
      } catch (error) {
        const waited = performance.now() - begun;
        const busy = isBusy(error) && waited < PATIENCE_MS;
        const faster = wasFaster(error) && tried < TRIES;
        const lost = waited < OUTAGE_MS && mayRepeat(error);
        if (!busy && !faster && !lost) throw storageError(error);
        // Not all at the same moment again.
        await setTimeout((lost ? OUTAGE_PAUSE_MS : PAUSE_MS) * (0.5 + Math.random()));
      }
    }
  }

  /** Takes words that were just erased out of the database's files, too. Never throws: they are gone from the tables. */
  async purge(): Promise<void> {
    try {
      await this.patiently(() => this.dialect.purge(this.orm), isLost);
    } catch (error) {
      this.logger.warn({
        err: error,
        msg: 'What was erased is still in the files of the database, until the next time',
      });
    }
  }

  /** Throws when the database does not answer. */
  async ping(): Promise<void> {
    await this.patiently(
      () => this.orm.em.fork().execute('select 1'),
      () => false,
    );
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.dialect.closing(this.orm);
    await this.orm.close();
  }
}

function wasFaster(error: unknown): boolean {
  return (
    error instanceof UniqueConstraintViolationException ||
    error instanceof ForeignKeyConstraintViolationException
  );
}
