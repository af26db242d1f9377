import { ReplyAddress } from '../../../src/core/voice-note';
import { spoken } from '../../support/job-stages';
import { NewJobOptions, newJob } from '../../support/new-job';
import { TestStorage } from '../../support/storage';
import { NO_LIMITS } from './fair-order.contract';

/**
 * What waits in the queue when hark is upgraded.
 *
 * @param migrate takes the storage's tables back to those before the migration, and forward again
 */
export async function keepsItsQueue(
  storage: TestStorage,
  migrate: (name: string) => Promise<void>,
): Promise<void> {
  const { jobs } = storage;
  const names = new Map<string, string>();
  const add = async (name: string, channel: string, options: NewJobOptions = {}): Promise<string> => {
    const replyTo = { platform: 'discord', workspace: 'w', channel, message: name };
    const { id } = (await jobs.add(newJob({ user: name[0], replyTo, ...options }))).job;
    names.set(id, name);
    return id;
  };
  const a1 = await add('a1', 'c1', { seconds: 7_200 });
  await add('a2', 'c1', { seconds: 7_200 });
  await add('b1', 'c2', { seconds: 5 });
  await add('c1', 'c2', { replyTo: undefined });
  await add('d1', 'c3', { seconds: 5 });
  await jobs.claim(a1, { owner: 'x', until: new Date(Date.now() + 60_000) }, new Date());
  const ready = async (rules: Partial<typeof NO_LIMITS>): Promise<string> => {
    const ids = await jobs.ready(9, new Date(), { ...NO_LIMITS, ...rules }, []);
    return ids.map((id) => names.get(id)).join(' ');
  };
  const orders = async (): Promise<string[]> => [
    await ready({}),
    await ready({ lengthyJobs: 1 }),
    await ready({ activeJobsPerUser: 1 }),
    await ready({ activeJobsPerServer: 2 }),
    await ready({ activeJobsPerChannel: 1 }),
  ];
  const before = await orders();
  expect(before).toEqual(['b1 d1 c1 a2', 'b1 d1 c1', 'b1 d1 c1', 'b1 c1', 'b1 d1 c1']);
  await migrate('0003-quotas');
  expect(await orders()).toEqual(before);
}

/** What was said in direct messages before hark took these for confidential; `migrate` as above. */
export async function closesDirectMessages(
  storage: TestStorage,
  migrate: (name: string) => Promise<void>,
): Promise<void> {
  const place = { channel: 'c', message: 'm' };
  const asked: [replyTo: ReplyAddress | undefined, isPrivate: boolean][] = [
    [{ ...place, platform: 'discord', workspace: 'w' }, false],
    [{ ...place, platform: 'discord', workspace: 'w', thread: 't', message: 'm2' }, true],
    [{ ...place, platform: 'discord', message: 'm3' }, false],
    [{ ...place, platform: 'slack', workspace: 'w' }, false],
    [{ ...place, platform: 'slack', workspace: 'w', message: 'm2', direct: true }, false],
    [undefined, false],
  ];
  const ids: string[] = [];
  for (const [replyTo, isPrivate] of asked) {
    const job = newJob({ replyTo });
    ids.push((await storage.jobs.add({ ...job, note: { ...job.note, private: isPrivate } })).job.id);
  }
  const confidential = async () =>
    Promise.all(ids.map(async (id) => (await storage.jobs.find(id))?.confidential));
  const expected = [false, true, true, false, true, false];
  expect(await confidential()).toEqual(expected);
  await migrate('0011-confidential');
  expect(await confidential()).toEqual(expected);
}

/** Threads and direct messages of what was said before hark could be searched; `migrate` as above. */
export async function findsWhatWasSaidBefore(
  storage: TestStorage,
  migrate: (name: string) => Promise<void>,
): Promise<void> {
  const { jobs, archive } = storage;
  const place = { platform: 'slack', workspace: 'w', channel: 'c' };
  for (const more of [
    { thread: 't', message: 'm1' },
    { direct: true, message: 'm2' },
  ]) {
    const { job } = await jobs.add(newJob({ user: 'ann', replyTo: { ...place, ...more } }));
    await jobs.claim(job.id, { owner: 'x', until: new Date(Date.now() + 60_000) }, new Date());
    await jobs.finish(job.id, 'x', spoken('kettle'), new Date());
    const claimed = await storage.answers.claim(
      job.answerId ?? '',
      { owner: 'x', until: new Date(Date.now() + 60_000) },
      new Date(),
    );
    const delivery = { revision: claimed?.revision ?? 0, reply: {}, milliseconds: 1 };
    await storage.answers.finish(job.answerId ?? '', 'x', delivery, new Date());
  }
  const found = async (channels: string[]): Promise<(string | undefined)[]> => {
    const reach = { platform: 'slack', workspace: 'w', user: 'ann', channels };
    const page = await archive.search({ text: 'kettle', limit: 9, reach });
    return page.jobs.map(({ replyTo }) => replyTo?.message);
  };
  for (const upgrade of [undefined, '0016-search']) {
    if (upgrade !== undefined) await migrate(upgrade);
    expect(await archive.threadsWithin({ ...place, user: 'ann', channels: ['c'] }, 9)).toEqual(['t']);
    expect([await found(['c']), await found([])]).toEqual([['m2', 'm1'], ['m2']]);
  }
}
