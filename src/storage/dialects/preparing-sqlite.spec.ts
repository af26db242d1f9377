import { QueryResult, SqlEntityManager, raw } from '@mikro-orm/sql';
import { SqliteConnection } from '@mikro-orm/sqlite';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../open-database';
import { Orm } from './database-dialect';
import { SqliteDialect } from './sqlite.dialect';

/** As far as it is used here; the driver comes without types. */
interface Reading {
  prepare(sql: string): { iterate(): Iterator<{ number: number }> };
}

describe('statements that are prepared once', () => {
  let folder: string;
  let orm: Orm;
  let em: SqlEntityManager;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hark-statements-'));
    orm = await connect(new SqliteDialect(join(folder, 'hark.db')));
    em = orm.em.fork();
    await em.execute('create table thing (id integer primary key, words text, number integer)');
  });
  afterAll(async () => {
    await orm.close();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['a whole number', 5, 'integer', 5],
    ['a fraction', 0.5, 'real', 0.5],
    ['yes', true, 'integer', 1],
    ['no', false, 'integer', 0],
    ['a time', new Date(1_700_000_000_123), 'integer', 1_700_000_000_123],
    ['a text with marks', `it's "so" ?`, 'text', `it's "so" ?`],
    ['a text with the one character that no database takes', 'a\0b', 'text', 'a\uFFFDb'],
    ['an object', { a: [1] }, 'text', '{"a":[1]}'],
    ['nothing', null, 'null', null],
  ])('take %s for what it is', async (_what, value, type, stored) => {
    const [row] = await em.execute('select typeof(?) as type, ? as value', [value, value]);
    expect(row).toEqual({ type, value: stored });
  });

  it('write out lists and fragments, whose values are parameters, too', async () => {
    await em.execute('insert into thing (words, number) values (?, ?), (?, ?)', ['one', 1, 'two', 2]);
    expect(await em.execute('select words from thing where number in (?)', [[1, 2]])).toHaveLength(2);
    const counted = await em.execute('select ? as sum', [
      raw('(select sum(number) from thing where words <> ?)', ["o'ne"]),
    ]);
    expect(counted).toEqual([{ sum: 3 }]);
    const named = await em.execute('select ?? from thing where number = ?', ['words', 1]);
    expect(named).toEqual([{ words: 'one' }]);
    const changed = await em
      .getConnection()
      .execute<QueryResult>('update thing set words = ? where number = ?', ['three', 2], 'run');
    expect(changed.affectedRows).toBe(1);
  });

  it('are the same ones the next time, unless somebody still reads from them', async () => {
    const connection = em.getConnection() as unknown as SqliteConnection;
    const database = (await connection.getNativeClient()) as Reading;
    const sql = 'select number from thing order by number';
    const statement = database.prepare(sql);
    expect(database.prepare(sql)).toBe(statement);
    const reading = statement.iterate();
    reading.next();
    expect(await em.execute(sql)).toEqual([{ number: 1 }, { number: 2 }]);
    expect(reading.next().value).toEqual({ number: 2 });
    reading.return?.();
  });
});
