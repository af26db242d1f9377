import { Orm } from '../../src/storage/dialects/database-dialect';

interface Prepared {
  formatted: string;
}

/** Hears every statement that the connection sends, complete with its values. */
export function hearStatements(orm: Orm, hear: (statement: string) => void): void {
  const connection = orm.em.getConnection() as unknown as {
    prepareQuery(query: unknown, params?: unknown): Prepared;
  };
  const prepare = connection.prepareQuery.bind(connection);
  connection.prepareQuery = (query, params) => {
    const prepared = prepare(query, params);
    hear(prepared.formatted);
    return prepared;
  };
}
