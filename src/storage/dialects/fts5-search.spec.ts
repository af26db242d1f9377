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
    await fill(orm, 900);
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

  it.each(['kettle', 'kettle river', 'KETTLE "window"'])(
    'are found the same in each way: %s',
    async (words) => {
      const [first, ...more] = words.toLowerCase().replaceAll('"', '').split(' ');
      const all = await orm.em.fork().find(JobEntity, { status: 'done' }, { populate: ['transcript'] });
      const expected = all
        .filter(({ transcript }) =>
          [first, ...more].every((word) => transcript?.text.split(' ').includes(word ?? '')),
        )
        .map(({ id }) => id);
      // More than are looked up one by one.
      expect(expected.length).toBeGreaterThan(500);
      for (const times of [1, 1_000_000]) expect(await found(words, times)).toEqual(expected.sort());
    },
  );

  it('that are rare are looked up one by one', async () => {
    expect(await found('rare7', 1)).toHaveLength(1);
    expect(await found('rare7 kettle music river', 1_000_000)).toHaveLength((await found('rare7', 1)).length);
    for (const nothing of ['silence', '"', '']) expect(await found(nothing, 1)).toEqual([]);
  });
});
