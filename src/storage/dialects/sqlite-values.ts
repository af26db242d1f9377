import { Utils } from '@mikro-orm/sql';

/** As SQLite takes it for a parameter; whole numbers are told apart from others. */
type SqliteValue = string | number | bigint | Buffer | null;

/**
 * The values of a statement as parameters, which mean the same as what the ORM would write into its text. Undefined where
 * only the ORM knows how to write it: fragments of statements, lists, names, and question marks that are none.
 */
export function bindable(sql: string, params: readonly unknown[]): SqliteValue[] | undefined {
  if (sql.includes('??') || sql.includes('\\?')) return undefined;
  const values: SqliteValue[] = [];
  for (const param of params) {
    const value = valueOf(param);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function valueOf(param: unknown): SqliteValue | undefined {
  switch (typeof param) {
    case 'string':
    case 'bigint':
      return param;
    case 'number':
      return Number.isSafeInteger(param) ? BigInt(param) : param;
    case 'boolean':
      return param ? 1n : 0n;
    case 'undefined':
      return null;
    default:
      return objectValueOf(param);
  }
}

function objectValueOf(param: unknown): SqliteValue | undefined {
  if (param === null) return null;
  if (param instanceof Date) return BigInt(param.getTime());
  if (Buffer.isBuffer(param)) return param;
  return Utils.isPlainObject(param) ? JSON.stringify(param) : undefined;
}
