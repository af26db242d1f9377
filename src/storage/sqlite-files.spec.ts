import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  closesDirectMessages,
  findsWhatWasSaidBefore,
  keepsItsQueue,
} from '../../test/contracts/storage/upgrade.contract';
import { jobIn } from '../../test/support/job-stages';
import { newJob } from '../../test/support/new-job';
import { canMount, mountSmallDisk } from '../../test/support/small-disk';
import { openElsewhere } from '../../test/support/storage-process';
import { oddWord as word } from '../../test/support/odd-words';
import { TestStorage, openTestStorage } from '../../test/support/storage';
import { SqliteDialect } from './dialects/sqlite.dialect';
import { connect, openDatabase } from './open-database';

/** Search indexes may store words without their beginnings. */
const written = (one: string): string => one.slice(4);

describe('the SQLite files', () => {
  let storage: TestStorage;
  beforeEach(async () => void (storage = await openTestStorage()));
  afterEach(() => storage.close());

  const downAndUp = async (name: string): Promise<void> => {
    const orm = await connect(new SqliteDialect(storage.databasePath));
    // Its index has columns of the earlier ones.
    for (const migration of new Set(['0016-search', name]))
      await orm.migrator.down({ migrations: [migration] });
    await orm.migrator.up();
    await orm.close();
  };
  const files = async (): Promise<string> => {
    const names = (await readdir(storage.dataDir)).filter((name) => name.startsWith('hark.sqlite'));
    const contents = await Promise.all(names.map((name) => readFile(join(storage.dataDir, name), 'latin1')));
    return contents.join();
  };

  it('hold nothing any more of what was erased', async () => {
    const erased: string[] = [];
    const kept: string[] = [];
    const { jobs, answers } = storage;
    for (let index = 0; index < 60; index++) {
      const words = Array.from({ length: 3 + ((index * 7) % 50) }, word);
      const [name, prompt, channel, token] = [word(), word(), word(), word()];
      const interaction = { id: token, token, expiresAt: new Date(), ephemeral: false };
      const job = newJob({
        user: name,
        replyTo: { platform: 'discord', channel, message: token, interaction },
      });
      const options = { ...job.note.options, prompt };
      const { id, answerId = '' } = (await jobs.add({ ...job, note: { ...job.note, options } })).job;
      await answers.saveReply(answerId, { posted: name });
      await jobs.claim(id, { owner: id, until: new Date() }, new Date());
      const segments = [{ start: 0, end: 1, text: words.join(' '), confidence: 1 }];
      await jobs.savePiece(id, id, { index: 0, segments, progress: 0.5, media: {} });
      const transcript = { text: words.join(' '), languageDetected: false, segments, seconds: 1 };
      if (index % 5)
        await jobs.finish(id, id, { outcome: 'speech', transcript, media: {}, timings: {} }, new Date());
      const all = [...words, name, prompt, channel, token];
      if (index % 3) {
        kept.push(...all);
      } else {
        erased.push(...all);
        expect(await files()).toContain(written(words[0] ?? ''));
        await jobs.erase(id);
      }
    }
    const content = await files();
    expect(erased.filter((one) => content.includes(written(one)))).toEqual([]);
    expect(kept.filter((one) => !content.includes(written(one)))).toEqual([]);
  });

  it('hold no trace of erased preferences', async () => {
    const id = word();
    const scope = { platform: 'discord', kind: 'user' as const, id };
    await storage.preferences.set(scope, { language: 'de' });
    expect(await files()).toContain(id);
    await storage.preferences.erase(scope);
    expect(await files()).not.toContain(id);
  });

  it('can be read by their owner only', async () => {
    await storage.jobs.add(newJob());
    const names = (await readdir(storage.dataDir)).filter((name) => name.startsWith('hark.sqlite'));
    expect(names.sort()).toEqual(['hark.sqlite', 'hark.sqlite-shm', 'hark.sqlite-wal']);
    for (const name of names) expect((await stat(join(storage.dataDir, name))).mode & 0o777).toBe(0o600);
  });

  it('are one file after the last process has closed it', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'hark-close-'));
    await (await openTestStorage(dataDir)).close();
    expect(await readdir(dataDir)).toEqual(['hark.sqlite']);
    await rm(dataDir, { recursive: true });
  });

  it('are made and brought up to date by processes that start at the same moment', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'hark-start-'));
    const others = await Promise.all([1, 2, 3].map(() => openElsewhere(dataDir)));
    const here = await openTestStorage(dataDir);
    const { jobs } = await here.archive.list({ limit: 9 });
    expect(jobs.map(({ id }) => id).sort()).toEqual(others.map(({ jobId }) => jobId).sort());
    await here.close();
    await rm(dataDir, { recursive: true });
  });

  it('are opened though a process was killed while it brought them up to date', async () => {
    const lock = `${storage.databasePath}.lock`;
    await mkdir(lock);
    const opened = await openTestStorage(storage.dataDir);
    await expect(opened.jobs.add(newJob())).resolves.toMatchObject({ created: true });
    // Nobody has waited until it counts as left behind.
    await expect(stat(lock)).resolves.toBeDefined();
    await opened.close();
  });

  it('give a job to one of several processes', async () => {
    const { id } = await jobIn(storage, 'queued', true);
    const others = await Promise.all([1, 2, 3].map(() => openElsewhere(storage.dataDir, id)));
    expect(others.filter(({ claimed }) => claimed)).toHaveLength(1);
  });

  it('have the tables that the entities describe, and lose them by the way back', async () => {
    const dialect = new SqliteDialect(storage.databasePath);
    const orm = await connect(dialect);
    const differences = (await orm.schema.getUpdateSchemaSQL({ wrap: false })).split('\n');
    // The search index's triggers belong to this dialect only; the order within an index is not read back.
    const expected = /^$|trigger if exists `(transcript_search|job_sum_)|index `queue_line_order`/;
    expect(differences.filter((line) => !expected.test(line))).toEqual([]);
    await orm.migrator.down({ to: 0 });
    const left = await orm.em.execute("select name from sqlite_master where name not like 'sqlite_%'");
    expect(left).toEqual([{ name: 'mikro_orm_migrations' }]);
    await orm.migrator.up();
    await orm.close();
    await expect(storage.jobs.add(newJob())).resolves.toMatchObject({ created: true });
  });

  it('keep their queue when they are brought up to date', async () => {
    await keepsItsQueue(storage, downAndUp);
  });

  it('close direct messages when they are brought up to date', () =>
    closesDirectMessages(storage, downAndUp));

  it('find what was said before they are brought up to date', () =>
    findsWhatWasSaidBefore(storage, downAndUp));

  it('are kept safe against power cuts, and clean', async () => {
    const dialect = new SqliteDialect(storage.databasePath);
    const orm = await connect(dialect);
    const pragma = async (name: string): Promise<unknown> =>
      Object.values((await orm.em.execute<Record<string, unknown>[]>(`pragma ${name}`))[0] ?? {})[0];
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('secure_delete')).toBe(1);
    expect(await pragma('cache_size')).toBe(-2000);
    await orm.close();
  });

  it('are refused where they are none', async () => {
    await expect(openDatabase('mysql://localhost/hark')).rejects.toMatchObject({ code: 'settings_invalid' });
    await mkdir(join(storage.dataDir, 'directory'));
    await expect(openDatabase(`sqlite:${join(storage.dataDir, 'directory')}`)).rejects.toThrow();
  });

  (canMount ? it : it.skip)('say that the disk is full, and work again when there is space', async () => {
    const disk = mountSmallDisk(2_048);
    const filler = join(disk?.path ?? '', 'filler');
    await writeFile(filler, Buffer.alloc(1_000_000));
    const small = await openTestStorage(disk?.path ?? '');
    try {
      const ids: string[] = [];
      const fill = async (): Promise<void> => {
        for (;;) {
          const job = newJob();
          const options = { ...job.note.options, prompt: 'x'.repeat(20_000) };
          ids.push((await small.jobs.add({ ...job, note: { ...job.note, options } })).job.id);
        }
      };
      await expect(fill()).rejects.toMatchObject({ code: 'storage_full', retryable: true });
      expect((await small.archive.list({ limit: 200 })).jobs).toHaveLength(ids.length);
      await rm(filler);
      await expect(small.jobs.add(newJob())).resolves.toMatchObject({ created: true });
    } finally {
      await small.close();
      disk?.remove();
    }
  });
});
