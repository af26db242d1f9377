import { LeaderProcess, startLeaderProcess } from '../../../test/support/leader-process';
import { QueueMember, openMember } from '../../../test/support/queue-member';
import { TestRedis, startRedis } from '../../../test/support/redis';
import { TestStorage, openTestStorage } from '../../../test/support/storage';
import { Term } from '../../core/leadership';
import { QueueTimings } from '../queue-timings';

jest.setTimeout(60_000);

/** The real relations between them, but faster. */
const HURRY: Partial<QueueTimings> = {
  leaderRenewMs: 300,
  leaderCertainMs: 600,
  leaderHandoverMs: 800,
  leaderAskMs: 50,
  leaderSeenMs: 100,
  leaderLifeMs: 3_000,
};

interface Contender {
  member: QueueMember;
  terms: Term[];
  /** Resolves with the term, once it leads. */
  leads: Promise<Term>;
}

let redis: TestRedis;
let storage: TestStorage;
let opened: QueueMember[] = [];
let processes: LeaderProcess[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await redis.flush();
  storage = await openTestStorage();
});
afterEach(async () => {
  for (const each of processes) await each.kill();
  for (const member of opened) {
    await member.leadership.resign(1_000);
    await member.close();
  }
  [opened, processes] = [[], []];
  await storage.close();
});

describe.each(['Redis', 'a lock file'])('leadership by %s', (how) => {
  const redisUrl = (): string | undefined => (how === 'Redis' ? redis.url : undefined);

  async function contend(): Promise<Contender> {
    const member = await openMember({
      ...storage,
      redisUrl: redisUrl(),
      slots: { delivery: 1 },
      timings: HURRY,
    });
    opened.push(member);
    const began = Promise.withResolvers<Term>();
    const terms: Term[] = [];
    member.leadership.assume(async (term) => {
      terms.push(term);
      began.resolve(term);
      if (!term.signal.aborted)
        await new Promise((resolve) => term.signal.addEventListener('abort', resolve));
    });
    return { member, terms, leads: began.promise };
  }

  async function fork(): Promise<LeaderProcess> {
    const child = await startLeaderProcess({
      dataDir: storage.dataDir,
      redisUrl: redisUrl(),
      timings: HURRY,
    });
    processes.push(child);
    return child;
  }

  it('is one process’s, and another one’s as soon as that resigns', async () => {
    const first = await contend();
    expect((await first.leads).number).toBe(1);
    const second = await contend();
    await expect(second.member.leadership.confirm()).rejects.toMatchObject({ why: 'deposed' });
    expect(await second.member.leadership.standing()).toMatchObject({
      state: 'standing-by',
      leader: (await first.member.leadership.standing()).leader,
    });
    await first.member.leadership.confirm();
    await first.member.leadership.resign(1_000);
    expect((await first.leads).signal.reason).toMatchObject({ why: 'shutdown' });
    expect((await second.leads).number).toBe(2);
    await second.member.leadership.confirm();
    await expect(first.member.leadership.confirm()).rejects.toMatchObject({ why: 'deposed' });
  });

  it('tells the next one since when what was heard is not stored, and lives on meanwhile', async () => {
    const first = await contend();
    const owed = new Date(Date.now() - 1_800_000);
    first.member.leadership.owes(() => owed);
    await first.leads;
    const signs = new Set<number>();
    while (signs.size < 3) {
      await new Promise(setImmediate);
      const { seenAt } = (await storage.terms.latest())!;
      if (seenAt.getTime() < Date.now() - 1_000_000) signs.add(seenAt.getTime());
    }
    await first.member.leadership.resign(1_000);
    const { before } = await (await contend()).leads;
    expect(before?.inOrder).toBe(true);
    const laterMs = before!.at.getTime() - owed.getTime();
    expect(laterMs).toBeGreaterThan(0);
    expect(laterMs).toBeLessThan(10_000);
  });

  it('passes to another process when the first is killed', async () => {
    const first = await fork();
    expect(await first.leads()).toBe(1);
    const second = await contend();
    expect(second.terms).toEqual([]);
    await first.kill();
    expect((await second.leads).number).toBe(2);
  });

  it('is lost to a process that stood still, which then may do nothing', async () => {
    const first = await fork();
    expect(await first.leads()).toBe(1);
    const second = await contend();
    first.pause();
    expect((await second.leads).number).toBe(2);
    first.resume();
    expect(await first.mayAct()).toBe(false);
    await first.journal.until((notes) => notes.some(({ what }) => what === 'ended'));
    await second.member.leadership.confirm();
    await second.member.leadership.resign(1_000);
    expect(await first.leads(2)).toBe(3);
    expect(await first.terminate()).toBe(0);
  });

  it('lets its duties end before another process leads', async () => {
    const { member } = await contend();
    const ending = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    member.leadership.assume(async () => {
      begun.resolve();
      await ending.promise;
    });
    await begun.promise;
    const second = await contend();
    const resigned = member.leadership.resign(20_000);
    // What is being delivered may still be brought to its end.
    await member.leadership.confirm();
    expect(second.terms).toEqual([]);
    ending.resolve();
    await resigned;
    await second.leads;
  });
});

describe('leadership by Redis', () => {
  const lead = async (): Promise<{ member: QueueMember; term: Term }> => {
    const slots = { delivery: 1 };
    const member = await openMember({ ...storage, redisUrl: redis.url, slots, timings: HURRY });
    opened.push(member);
    const term = await new Promise<Term>((resolve) =>
      member.leadership.assume((began) => {
        resolve(began);
        return Promise.resolve();
      }),
    );
    return { member, term };
  };
  /** Until the leader has looked again. */
  const lookedAgain = async ({ leadership }: QueueMember): Promise<void> => {
    const until = performance.now() + 2 * (HURRY.leaderCertainMs ?? 0);
    while (performance.now() < until) {
      await leadership.confirm();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  it('survives a Redis that loses its data, restarts, and is away', async () => {
    const { member, term } = await lead();
    await redis.flush();
    await lookedAgain(member);
    await redis.restart();
    await lookedAgain(member);
    await redis.kill();
    await lookedAgain(member);
    expect(term.signal.aborted).toBe(false);
    await redis.start();
    await lookedAgain(member);
    expect(member.leadership.term).toBe(term);
  });

  it('never counts backwards, whatever Redis has forgotten', async () => {
    const first = await lead();
    expect(first.term.number).toBe(1);
    await first.member.leadership.resign(1_000);
    await redis.flush();
    expect((await lead()).term.number).toBe(2);
  });

  it('is lost when another process has it, or a later term has begun', async () => {
    const { member, term } = await lead();
    await redis.ask('SET', 'hark:leader:lock', 'somebody else');
    await new Promise((resolve) => term.signal.addEventListener('abort', resolve));
    expect(term.signal.reason).toMatchObject({ why: 'deposed' });
    await expect(member.leadership.confirm()).rejects.toMatchObject({ why: 'deposed' });
  });

  it('is lost to whoever has raised the fence while Redis is away', async () => {
    const { term } = await lead();
    await redis.kill();
    await storage.terms.begin(9, 'somebody else', new Date());
    await new Promise((resolve) => term.signal.addEventListener('abort', resolve));
    await redis.start();
  });
});
