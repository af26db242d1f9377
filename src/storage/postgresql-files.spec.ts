import { join } from 'node:path';
import { readFile, readdir } from 'node:fs/promises';
import { newJob } from '../../test/support/new-job';
import { ODD_WORDS, oddWord } from '../../test/support/odd-words';
import { TestPostgres, startPostgres } from '../../test/support/postgres';
import { TestStorage, openTestStorage } from '../../test/support/storage';
import { PostgresqlDialect } from './dialects/postgresql.dialect';
import { connect } from './open-database';

describe("PostgreSQL's files", () => {
  let postgres: TestPostgres;
  beforeAll(async () => void (postgres = await startPostgres()));
  afterAll(() => postgres.stop());

  /** Which of these the server has in the database's files, once it has written all that it knows. */
  const left = async (words: readonly string[], database: string): Promise<string[]> => {
    postgres.ask('checkpoint', database);
    const oid = postgres.ask(`select oid from pg_database where datname = '${database}'`);
    const folder = join(postgres.directory, 'data', 'base', oid);
    const there = new Set<string>();
    for (const name of await readdir(folder)) {
      const content = await readFile(join(folder, name), 'latin1');
      for (const word of content.match(ODD_WORDS) ?? []) there.add(word);
    }
    return words.filter((word) => there.has(word)).sort();
  };

  /** A note that was read, with so many words; and everything odd about it. */
  const read = async ({ jobs }: TestStorage, length: number): Promise<{ id: string; odd: string[] }> => {
    const words = Array.from({ length }, oddWord);
    const [name, prompt, message] = [oddWord(), oddWord(), oddWord()];
    const replyTo = { platform: 'discord', workspace: 'w', channel: 'c', message };
    const job = newJob({ user: name, replyTo });
    const options = { ...job.note.options, prompt };
    const { id } = (await jobs.add({ ...job, note: { ...job.note, options } })).job;
    await jobs.claim(id, { owner: id, until: new Date(Date.now() + 60_000) }, new Date());
    const segments = [{ start: 0, end: 1, text: words.join(' '), confidence: 1 }];
    await jobs.savePiece(id, id, { index: 0, segments, progress: 0.5, media: {} });
    const transcript = { text: words.join(' '), languageDetected: false, segments, seconds: 1 };
    await jobs.finish(id, id, { outcome: 'speech', transcript, media: {}, timings: {} }, new Date());
    return { id, odd: [...words, name, prompt, message] };
  };

  it('hold nothing any more of what was erased, and all that was not', async () => {
    const storage = await openTestStorage(undefined, postgres.createDatabase('erased'));
    const notes: { id: string; odd: string[] }[] = [];
    for (let index = 0; index < 30; index++) notes.push(await read(storage, 3 + ((index * 7) % 25)));
    // As the server does by itself, now and then.
    postgres.ask('analyze', 'erased');
    const [first, ...more] = notes.filter((_, index) => index % 3 === 0);
    const kept = notes.filter((_, index) => index % 3 !== 0).flatMap(({ odd }) => odd);
    const odd = [first, ...more].flatMap((note) => note?.odd ?? []);
    expect(await left(odd, 'erased')).toEqual([...odd].sort());
    // One is done at once.
    await storage.jobs.erase(first?.id ?? '');
    expect(await left(first?.odd ?? [], 'erased')).toEqual([]);
    // Of many, the others are done together: when some time has passed, or before hark ends.
    for (const { id } of more) await storage.jobs.erase(id);
    await storage.close();
    expect(await left(odd, 'erased')).toEqual([]);
    expect(await left(kept, 'erased')).toEqual([...kept].sort());
  });

  it('lose the words of the index where a table is too large to be written anew', async () => {
    const choices = { smallBytes: 0 };
    const storage = await openTestStorage(undefined, postgres.createDatabase('large'), choices);
    const [erased, kept] = [await read(storage, 20), await read(storage, 20)];
    const indexed = async (): Promise<string> => {
      postgres.ask('checkpoint', 'large');
      const path = postgres.ask("select pg_relation_filepath('transcript_search_word_set')", 'large');
      return readFile(join(postgres.directory, 'data', path), 'latin1');
    };
    const [word = '', other = ''] = [erased.odd[0], kept.odd[0]];
    expect(await indexed()).toContain(word);
    await storage.jobs.erase(erased.id);
    expect(await indexed()).not.toContain(word);
    expect(await indexed()).toContain(other);
    expect((await storage.archive.list({ text: other, limit: 9 })).jobs).toHaveLength(1);
    expect(postgres.ask('select count(*) from pg_index where not indisvalid', 'large')).toBe('0');
    await storage.close();
  });

  it('are seen to afterwards where somebody else is reading', async () => {
    const url = postgres.createDatabase('busy');
    const storage = await openTestStorage(undefined, url);
    const [{ id, odd }, kept] = [await read(storage, 20), await read(storage, 20)];
    const other = await connect(new PostgresqlDialect(url));
    const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const reading = other.em.fork().transactional(async (em) => {
      await em.execute('select count(*) from transcript');
      begun.resolve();
      await over.promise;
    });
    await begun.promise;
    await storage.jobs.erase(id);
    expect(await left(odd, 'busy')).not.toEqual([]);
    over.resolve();
    await reading;
    await other.close();
    await storage.close();
    expect(await left([...odd, ...kept.odd], 'busy')).toEqual([...kept.odd].sort());
  });
});
