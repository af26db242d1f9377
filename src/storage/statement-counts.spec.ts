import { lease, spoken } from '../../test/support/job-stages';
import { chatMessage, newJob } from '../../test/support/new-job';
import { StatementCounter } from '../../test/support/statement-counter';
import { TestStorage, openTestStorage } from '../../test/support/storage';
import { ReadyRules } from '../core/job-store';

const NO_LIMITS: ReadyRules = {
  activeJobsPerUser: 0,
  activeJobsPerServer: 0,
  activeJobsPerChannel: 0,
  lengthyJobs: 1_000,
  jobsOfOne: 1_000,
  lengthyJobsOfOne: 1_000,
};

describe('the number of statements', () => {
  let storage: TestStorage;
  let counter: StatementCounter;
  beforeAll(async () => void (storage = await openTestStorage()));
  afterAll(() => storage.close());
  beforeEach(() => void (counter = new StatementCounter()));
  afterEach(() => counter.stop());

  /** Of what `work` sends, and how many of these change something. */
  const sentBy = async (work: () => Promise<unknown>): Promise<{ all: number; writes: number }> => {
    const sent = new Map(counter.statements);
    await work();
    const news = [...counter.statements].map(([sql, times]) => ({
      sql,
      times: times - (sent.get(sql) ?? 0),
    }));
    const sum = (some: typeof news): number => some.reduce((total, { times }) => total + times, 0);
    return { all: sum(news), writes: sum(news.filter(({ sql }) => /^\s*(insert|update|delete)/i.test(sql))) };
  };

  it('of a look without anything to do is small, however much is running and waiting', async () => {
    const { jobs, answers } = storage;
    for (let n = 0; n < 40; n++) {
      const { job } = await jobs.add(newJob({ user: `user-${n}`, replyTo: chatMessage(`channel-${n}`) }));
      if (n < 30) await jobs.claim(job.id, lease(), new Date());
      if (n < 20) await answers.claim(job.answerId ?? '', lease(), new Date());
    }
    const look = async (): Promise<void> => {
      const now = new Date();
      await jobs.leases();
      await jobs.nextDueAt(now);
      await answers.leases();
      await answers.nextDueAt(now);
    };
    expect(await sentBy(look)).toEqual({ all: 4, writes: 0 });
    const ready = await sentBy(() => jobs.ready(1, new Date(), NO_LIMITS, []));
    expect(ready.writes).toBe(0);
    expect(ready.all).toBeLessThanOrEqual(8);
  });

  it('of one note’s way stays what it is, and nothing is written that has not changed', async () => {
    const { jobs, answers } = storage;
    const replyTo = chatMessage('the way');
    const owner = lease();
    const { job } = await jobs.add(newJob({ user: 'on the way', replyTo, sequenceKey: 'the way' }));
    await jobs.add(newJob({ user: 'on the way', replyTo: chatMessage('the way'), sequenceKey: 'the way' }));
    const { id, answerId = '' } = job;

    const claim = await sentBy(() => jobs.claim(id, owner, new Date()));
    const finish = await sentBy(() => jobs.finish(id, owner.owner, spoken(), new Date()));
    const delivery = lease();
    const take = await sentBy(() => answers.claim(answerId, delivery, new Date()));
    const reply = { posted: 1 };
    const settle = await sentBy(() =>
      answers.finish(answerId, delivery.owner, { revision: 1, reply, milliseconds: 1 }, new Date()),
    );
    // More is no mistake by itself, but it is paid for with every note.
    const most = { claim: 12, finish: 17, take: 6, settle: 6 };
    const counted = { claim, finish, take, settle };
    for (const [name, { all }] of Object.entries(counted)) {
      expect([name, all <= most[name as keyof typeof most] ? 'few enough' : all]).toEqual([
        name,
        'few enough',
      ]);
    }
    // Times that are as they were would be stored again if they were compared with what the driver makes of them.
    const rewritten = /^update \S+ set [^;]*`created_at` = /;
    expect([...counter.statements.keys()].filter((sql) => rewritten.test(sql))).toEqual([]);
  });
});
