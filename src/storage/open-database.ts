import 'reflect-metadata';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { MikroORM, Platform, Type } from '@mikro-orm/sql';
import { HarkError } from '../core/errors';
import { Database } from './database';
import { DatabaseDialect } from './dialects/database-dialect';
import { PostgresqlChoices, PostgresqlDialect } from './dialects/postgresql.dialect';
import { SqliteDialect } from './dialects/sqlite.dialect';
import { storableJson } from './dialects/storable-json';
import { ENTITIES } from './entities';

/**
 * Connects and brings the tables up to date; several processes may do so at the same time.
 *
 * @param url `sqlite:<absolute path>` or `postgresql://…`
 * @throws HarkError with a sentence for whoever starts hark, retryable when a server may come yet
 */
export async function openDatabase(url: string, choices: Partial<PostgresqlChoices> = {}): Promise<Database> {
  const dialect = dialectOf(url, choices);
  const orm = await dialect.open(() => connect(dialect));
  return new Database(orm, dialect);
}

export async function connect(dialect: DatabaseDialect): Promise<MikroORM> {
  const { migrations, ...options } = dialect.options();
  const orm = await MikroORM.init({
    ...options,
    entities: ENTITIES,
    metadataProvider: ReflectMetadataProvider,
    discovery: { getMappedType: textsWithoutLength, onMetadata: storableJson },
    migrations: { ...migrations, snapshot: false, silent: true },
    onQuery: (sql, params) => {
      replaceNul(params as unknown[]);
      return sql;
    },
  });
  await dialect.connected(orm);
  return orm;
}

function textsWithoutLength(type: string, platform: Platform): Type<unknown> {
  return platform.getDefaultMappedType(type === 'string' ? 'text' : type);
}

/** No database takes U+0000 in a text, and SQLite takes it for the end of the statement. Strangers may send it. */
function replaceNul(params: unknown[]): void {
  for (const [at, value] of params.entries()) {
    if (typeof value === 'string' && value.includes('\0')) params[at] = value.replaceAll('\0', '\uFFFD');
  }
}

function dialectOf(url: string, choices: Partial<PostgresqlChoices>): DatabaseDialect {
  if (url.startsWith('sqlite:')) return new SqliteDialect(url.slice('sqlite:'.length));
  if (url.startsWith('postgresql:')) return new PostgresqlDialect(url, choices);
  throw new HarkError('settings_invalid', 'DATABASE_URL names a database that hark does not know.');
}
