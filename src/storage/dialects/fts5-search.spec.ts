import { fill } from '../../../test/scale/filled-database';
import { TestStorage, openTestStorage } from '../../../test/support/storage';
import { JobEntity } from '../entities/job.entity';
import { connect } from '../open-database';
import { Orm } from './database-dialect';
import { matchAllWords } from './fts5-search';
import { SqliteDialect } from './sqlite.dialect';

describe('words in SQLite', () => {
  let storage: TestStorage;
  let orm: Orm;
  beforeAll(async () => {
    storage = await openTestStorage();
    orm = await connect(new SqliteDialect(storage.databasePath));
    await fill(orm, 2_600);
  });
  afterAll(async () => {
    await orm.close();
    await storage.close();
  });

  const found = async (words: string, times: number): Promise<string[]> => {
    const em = orm.em.fork();
    const rows = await em.find(JobEntity, await matchAllWords(em, words, times), { fields: ['id'] });
    return rows.map(({ id }) => id).sort();
  };

  it.each([
    ['kettle', 'kettle'],
    ['kettle river', 'kettle', 'river'],
    ['KETTLE "window"', 'kettle', 'window'],
    // More than are looked up one by one, and not half of the newest.
    ['kettle-river', 'kettle river'],
  ])('are found the same in each way: %s', async (typed, ...said) => {
    const all = await orm.em
      .fork()
      .execute<{ id: string; text: string }[]>(
        'select job.id, text from job join transcript on transcript.id = transcript_id',
      );
    const expected = all
      .filter(({ text }) => said.every((words) => ` ${text} `.includes(` ${words} `)))
      .map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(500);
    for (const times of [1, 1_000_000]) expect(await found(typed, times)).toEqual(expected.sort());
  });

  it('that are rare are looked up one by one', async () => {
    expect(await found('rare7', 1)).toHaveLength(1);
    expect(await found('rare7 kettle music river', 1_000_000)).toHaveLength((await found('rare7', 1)).length);
    for (const nothing of ['silence', '"', '']) expect(await found(nothing, 1)).toEqual([]);
  });
});
