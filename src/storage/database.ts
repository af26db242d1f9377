import { Logger } from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import {
  ForeignKeyConstraintViolationException,
  SqlEntityManager,
  UniqueConstraintViolationException,
} from '@mikro-orm/sql';
import { DatabaseDialect, Orm } from './dialects/database-dialect';
import { databaseDown, isBusy, storageError } from './storage-error.mapper';

/** How long to wait for another process that writes. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 20;
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
    return this.patiently(() => work(this.orm.em.fork()));
  }

  /**
   * Runs `work` in one transaction, again from its beginning when somebody else was faster. `work` must use the entity manager it is given, and no other.
   *
   * @throws HarkError as `read`
   */
  async write<T>(work: (em: SqlEntityManager) => Promise<T>): Promise<T> {
    return this.patiently(() =>
      this.orm.em.fork().transactional(async (em) => {
        await this.dialect.beginWrite(em);
        return work(em);
      }),
    );
  }

  private async patiently<T>(work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    for (let tried = 1; ; tried++) {
      // The driver would connect again, unprepared.
      if (this.closed) throw databaseDown();
      try {
        return await work();
      } catch (error) {
        const busy = isBusy(error) && performance.now() - begun < PATIENCE_MS;
        const faster = wasFaster(error) && tried < TRIES;
        if (!busy && !faster) throw storageError(error);
        // Not all at the same moment again.
        await setTimeout(PAUSE_MS * Math.random());
      }
    }
  }

  /** Takes words that were just erased out of the database's files, too. Never throws: they are gone from the tables. */
  async purge(): Promise<void> {
    try {
      await this.patiently(() => this.dialect.purge(this.orm));
    } catch (error) {
      this.logger.warn({
        err: error,
        msg: 'What was erased is still in the log of the database, until the next time',
      });
    }
  }

  /** Throws when the database does not answer. */
  async ping(): Promise<void> {
    await this.read((em) => em.execute('select 1'));
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
