import 'reflect-metadata';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { MikroORM } from '@mikro-orm/sql';
import { HarkError } from '../core/errors';
import { Database } from './database';
import { DatabaseDialect } from './dialects/database-dialect';
import { SqliteDialect } from './dialects/sqlite.dialect';
import { ENTITIES } from './entities';

/**
 * Connects and brings the tables up to date; several processes may do so at the same time.
 *
 * @param url `sqlite:<absolute path>`
 */
export async function openDatabase(url: string): Promise<Database> {
  const dialect = dialectOf(url);
  const orm = await dialect.exclusively(async () => {
    const connected = await connect(dialect);
    try {
      await connected.migrator.up();
      await dialect.migrated(connected);
      return connected;
    } catch (error) {
      await connected.close();
      throw error;
    }
  });
  return new Database(orm, dialect);
}

export async function connect(dialect: DatabaseDialect): Promise<MikroORM> {
  const { migrations, ...options } = dialect.options();
  const orm = await MikroORM.init({
    ...options,
    entities: ENTITIES,
    metadataProvider: ReflectMetadataProvider,
    migrations: { ...migrations, snapshot: false, silent: true },
    onQuery: (sql, params) => {
      replaceNul(params as unknown[]);
      return sql;
    },
  });
  await dialect.connected(orm);
  return orm;
}

/** No database takes U+0000 in a text, and SQLite takes it for the end of the statement. Strangers may send it. */
function replaceNul(params: unknown[]): void {
  for (const [at, value] of params.entries()) {
    if (typeof value === 'string' && value.includes('\0')) params[at] = value.replaceAll('\0', '\uFFFD');
  }
}

function dialectOf(url: string): DatabaseDialect {
  if (url.startsWith('sqlite:')) return new SqliteDialect(url.slice('sqlite:'.length));
  throw new HarkError('settings_invalid', 'DATABASE_URL names a database that hark does not know.');
}
