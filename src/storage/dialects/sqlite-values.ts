import { RawQueryFragment, Utils, isRaw } from '@mikro-orm/sql';

/** As SQLite takes it for a parameter; whole numbers are told apart from others. */
type SqliteValue = string | number | bigint | Buffer | null;

/** A statement and what stands for its question marks. */
export interface Bound {
  sql: string;
  values: SqliteValue[];
}

/**
 * The values of a statement as parameters, which mean the same as what the ORM would write into its text; fragments and
 * lists are written out as the ORM does it. Undefined where only the ORM knows how: names, question marks that are none,
 * and values of other kinds.
 */
export function bound(sql: string, params: readonly unknown[]): Bound | undefined {
  if (sql.includes('??') || sql.includes('\\?')) return undefined;
  const [first = '', ...others] = sql.split('?');
  if (others.length !== params.length) return undefined;
  const whole: Bound = { sql: first, values: [] };
  for (const [at, text] of others.entries()) {
    const one = placed(params[at]);
    if (!one) return undefined;
    whole.sql += one.sql + text;
    whole.values.push(...one.values);
  }
  return whole;
}

function placed(param: unknown): Bound | undefined {
  if (isRaw(param)) return ofFragment(param);
  if (Array.isArray(param))
    return param.length === 0 ? undefined : bound(param.map(() => '?').join(', '), param);
  const value = valueOf(param);
  return value === undefined ? undefined : { sql: '?', values: [value] };
}

function ofFragment({ sql, params }: RawQueryFragment): Bound | undefined {
  return Array.isArray(params) ? bound(sql, params) : undefined;
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
