import { Orm } from './database-dialect';

/** Where words, names and addresses stand. */
const TABLES = [
  'transcript',
  'transcript_search',
  'transcript_piece',
  'job',
  'answer',
  'preference',
  'queue_line',
];
/** Whoever erases much does so job by job. */
const REST_MS = 10_000;

/**
 * Has PostgreSQL give up the rows that were erased: at once, and once more a little later, for what somebody else's
 * transaction still sees stays.
 */
export class PostgresqlVacuum {
  private timer?: NodeJS.Timeout;
  private wanted = false;

  async run(orm: Orm): Promise<void> {
    this.wanted = true;
    if (this.timer) return;
    this.later(orm);
    await vacuum(orm);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private later(orm: Orm): void {
    this.timer = setTimeout(() => {
      this.wanted = false;
      // PostgreSQL's own daemon does what fails here.
      vacuum(orm)
        .catch(() => undefined)
        .finally(() => {
          this.timer = undefined;
          if (this.wanted) this.later(orm);
        });
    }, REST_MS).unref();
  }
}

async function vacuum(orm: Orm): Promise<void> {
  for (const table of TABLES) await orm.em.fork().execute(`vacuum ${table}`);
}
