import {
  AbstractSqlDriver,
  AnyEntity,
  Configuration,
  Constructor,
  Dictionary,
  EntityData,
  LoggingOptions,
  NativeQueryBuilder,
  QueryResult,
  RawQueryFragment,
  SqlitePlatform,
  Transaction,
} from '@mikro-orm/sql';
import { MikroORM, SqliteConnection } from '@mikro-orm/sqlite';
import { CompiledQuery, Dialect } from 'kysely';
import { LRUCache } from 'lru-cache';
import { bound } from './sqlite-values';

/** More than the service ever sends in turn; each takes some kilobytes. */
const KEPT_STATEMENTS = 250;
/** Whatever else there is, is rare or must not be asked a second time without being looked at anew. */
const KEPT = /^\s*(select|insert|update|delete|with|begin|commit)\b/i;

/**
 * MikroORM's driver for better-sqlite3, but each statement is prepared once: the ORM writes what is asked for into the text
 * of every statement, so that SQLite has to parse and plan each one anew, which takes longer than the work itself.
 */
export class PreparingSqliteDriver extends AbstractSqlDriver<PreparingSqliteConnection> {
  constructor(config: Configuration) {
    super(config, new SqlitePlatform(), PreparingSqliteConnection, ['kysely', 'better-sqlite3']);
  }

  override getORMClass(): Constructor<MikroORM> {
    return MikroORM;
  }
}

class PreparingSqliteConnection extends SqliteConnection {
  override createKyselyDialect(options: Dictionary): Dialect {
    const dialect = super.createKyselyDialect(options);
    keepStatements(this['database'] as Preparing);
    return dialect;
  }

  override async execute<T extends QueryResult | EntityData<AnyEntity> | EntityData<AnyEntity>[]>(
    query: string | NativeQueryBuilder | RawQueryFragment,
    params: readonly unknown[] | Dictionary = [],
    method: 'all' | 'get' | 'run' = 'all',
    transaction?: Transaction,
    logging?: LoggingOptions,
  ): Promise<T> {
    const asked = query instanceof NativeQueryBuilder ? query.toRaw() : query;
    const given = typeof asked === 'string' ? params : asked.params;
    const text = typeof asked === 'string' ? asked : asked.sql;
    const whole = Array.isArray(given) ? bound(text, given) : undefined;
    if (!whole) return super.execute<T>(query, params, method, transaction, logging);
    await this.ensureConnection();
    const { values } = whole;
    const sql = this.config.get('onQuery')(whole.sql, values);
    return this.executeQuery(
      sql,
      async () => {
        const client = (transaction ?? this.getClient()) as ReturnType<SqliteConnection['getClient']>;
        return this.transformRawResult<T>(await client.executeQuery(CompiledQuery.raw(sql, values)), method);
      },
      { query: sql, params: values },
    );
  }
}

/** As far as it matters here; the driver comes without types. */
interface Statement {
  /** Somebody still reads from it. */
  readonly busy: boolean;
}

interface Preparing {
  prepare(sql: string): Statement;
}

/** What is still being read from cannot be asked again meanwhile. */
function keepStatements(database: Preparing): void {
  const kept = new LRUCache<string, Statement>({ max: KEPT_STATEMENTS });
  const prepare = database.prepare.bind(database);
  database.prepare = (sql) => {
    const known = kept.get(sql);
    if (known && !known.busy) return known;
    const statement = prepare(sql);
    if (KEPT.test(sql)) kept.set(sql, statement);
    return statement;
  };
}
