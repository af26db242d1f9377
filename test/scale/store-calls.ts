import { randomUUID } from 'node:crypto';
import { NewJob } from '../../src/core/job-store';
import { chatJob, spoken } from '../support/job-stages';
import { newJob } from '../support/new-job';
import { Stores } from '../support/storage';

/** There are so many of everything also where there are few jobs, so that the same is compared. */
const PAGE = 10;

export type StoreCalls = Record<string, () => Promise<unknown>>;

/**
 * What hark asks of its database all the time, by name; none of it may take longer the more jobs there are.
 *
 * @param old a time at which there were jobs already
 */
export function storeCalls({ jobs, archive, answers }: Stores, old: Date): StoreCalls {
  const ids: string[] = [];
  const fresh = (): Pick<NewJob, 'dedupeKey' | 'createdAt'> => ({
    dedupeKey: randomUUID(),
    createdAt: new Date(),
  });
  const active = {
    activeJobsPerUser: 3,
    activeJobsPerServer: 0,
    activeJobsPerChannel: 0,
    lengthyJobs: 4,
    jobsOfOne: 5,
    lengthyJobsOfOne: 3,
  };
  const lists = {
    list: {},
    'list, queued': { status: ['queued' as const] },
    'list, done, slack': { status: ['done' as const], platform: 'slack' },
    'list, a platform': { platform: 'discord' },
    'list, a user': { user: 'user-1' },
    'list, a user of a platform': { user: 'user-1', platform: 'discord' },
    'list, since': { since: old },
    'list, a rare word': { text: 'rare77' },
    'list, a frequent word': { text: 'kettle' },
    'list, two frequent words': { text: 'kettle river' },
    'list, a frequent and a rare word': { text: 'kettle rare77' },
    'list, a word that nobody said': { text: 'silence' },
    'list, a word, a user': { text: 'kettle', user: 'user-1' },
    'list, a word, an old time': { text: 'kettle', until: old },
  };
  const reach = { platform: 'discord', workspace: 'w', user: 'user-1', channels: ['channel of user-1'] };
  return {
    'search, a rare word': () => archive.search({ text: 'rare77', limit: PAGE, reach }),
    'search, nowhere to look': () =>
      archive.search({ text: 'kettle', limit: PAGE, reach: { ...reach, channels: [] } }),
    ...Object.fromEntries(
      Object.entries(lists).map(([name, query]) => [name, () => archive.list({ limit: PAGE, ...query })]),
    ),
    stats: () => archive.stats(),
    'submit (REST)': () => jobs.add({ ...newJob({ user: randomUUID() }), ...fresh() }),
    'submit (chat)': async () => {
      const user = `user-${ids.length % 50}`;
      const { job } = await jobs.add({ ...chatJob({ user, sequenceKey: user }), ...fresh() });
      ids.push(job.id);
    },
    ready: () => jobs.ready(8, new Date(), active, []),
    count: () => jobs.countWaiting(new Date(), 10_000),
    'next due': () => jobs.nextDueAt(new Date()),
    leases: () => jobs.leases(),
    'claim and finish': async () => {
      const id = ids.shift() ?? '';
      await jobs.claim(id, { owner: id, until: new Date(Date.now() + 60_000) }, new Date());
      await jobs.finish(id, id, spoken(), new Date());
    },
    quota: () => jobs.usage({ platform: 'discord', user: 'user-1' }, new Date(Date.now() - 86_400_000)),
    retention: () => archive.finishedBefore(new Date(0), 100),
    'answers ready': () => answers.ready(8, new Date(), []),
    'answers next due': () => answers.nextDueAt(new Date()),
  };
}
