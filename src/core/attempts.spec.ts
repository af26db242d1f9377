import { once } from 'node:events';
import { newJob } from '../../test/support/new-job';
import { TestStorage, openTestStorage } from '../../test/support/storage';
import { LocalJobEvents } from '../queue/local-job-events';
import { AttemptOutcomeService } from './attempt-outcome.service';
import { AudioAllowanceService } from './audio-allowance.service';
import { AudioService } from './audio.service';
import { Attempt, AttemptsService } from './attempts.service';
import { readyRules } from './fair-share';
import { HeardPiecesService } from './heard-pieces.service';
import { Interruption } from './interruption';
import { JobChangesService } from './job-changes.service';
import { JobQueue } from './job-queue';
import { ReadyRules } from './job-store';
import { LeaseKeeperService } from './lease-keeper.service';
import { HeardPiece } from './listening.service';
import { OutageService } from './outage.service';
import { Policy } from './policy';
import { RunningWork } from './running-work';
import { ShortSlotsService } from './short-slots.service';
import { Telemetry } from './telemetry';

const SLOTS = 3;
const PIECE = { index: 0, from: 0, segments: [], progress: 1, estimate: 0.01 };
const NONE = { jobsPerHour: 0, audioMinutesPerDay: 0, activeJobs: 0 };

describe('Attempts', () => {
  let storage: TestStorage;
  let attempts: AttemptsService;
  let pieces: HeardPiecesService;
  let outcome: AttemptOutcomeService;
  let rules: ReadyRules;
  beforeEach(async () => {
    storage = await openTestStorage();
    const clock = { now: () => new Date() };
    const policy = {
      slots: { transcription: SLOTS },
      leaseMs: 60_000,
      soundMs: 50,
      quota: NONE,
      placeQuota: { server: NONE, channel: NONE },
      processId: 'here',
      maxAttempts: 5,
    } as Policy;
    const events = new LocalJobEvents();
    const queue = { wake: () => undefined } as unknown as JobQueue;
    const leases = new LeaseKeeperService(policy, clock);
    const outages = new OutageService(policy);
    const running = new RunningWork(events, policy);
    const slots = new ShortSlotsService(storage.jobs, running, outages, policy);
    pieces = new HeardPiecesService(
      storage.jobs,
      slots,
      events,
      outages,
      new AudioAllowanceService(storage.jobs, clock),
    );
    rules = readyRules(policy, SLOTS);
    const changes = new JobChangesService(
      events,
      queue,
      new AudioService(storage.uploads, storage.archive, policy),
      new Telemetry(),
    );
    attempts = new AttemptsService(storage.jobs, leases, running, changes, clock);
    outcome = new AttemptOutcomeService(storage.jobs, changes, policy, clock, outages);
  });
  afterEach(() => storage.close());

  const begin = async (id: string): Promise<Attempt> => {
    const attempt = await attempts.begin(id, new AbortController().signal);
    if (!attempt) throw new Error('It is not to be had.');
    return attempt;
  };
  const ofUnknownLength = async (user: string): Promise<Attempt> =>
    begin((await storage.jobs.add(newJob({ user }))).job.id);
  const hears = async (
    attempt: Attempt,
    seconds: number,
    estimate = 0.01,
    claimedSeconds?: number,
  ): Promise<void> => {
    const media = { seconds };
    const piece: HeardPiece = { ...PIECE, estimate, media, claimedSeconds };
    const listener = pieces.follow(attempt);
    await listener.heard(piece).finally(() => listener.end());
  };
  const yielded = (hearing: Promise<void>): Promise<void> =>
    expect(hearing).rejects.toEqual(new Interruption('yielded'));
  const stopped = async (attempt: Attempt): Promise<void> => {
    if (!attempt.signal.aborted) await once(attempt.signal, 'abort');
    expect(attempt.signal.reason).toEqual(new Interruption('yielded'));
    await outcome.stopped(attempt, attempt.signal.reason);
    attempt.end();
  };
  const ready = (): Promise<string[]> => storage.jobs.ready(9, new Date(), rules, []);

  it('give the last slot back to short notes when too many turn out long, and go on later', async () => {
    const [a, b, c] = [await ofUnknownLength('a'), await ofUnknownLength('b'), await ofUnknownLength('c')];
    await hears(a, 3_600);
    await hears(b, 3_600);
    await hears(a, 3_600, 0.02);
    await yielded(hears(c, 3_600));
    await outcome.stopped(c, new Interruption('yielded'));
    c.end();
    expect(await storage.jobs.find(c.job.id)).toMatchObject({ status: 'queued', attempts: 0, lengthy: true });

    expect(await ready()).toEqual([]);
    const short = (await storage.jobs.add(newJob({ user: 'd', seconds: 5 }))).job.id;
    expect(await ready()).toEqual([short]);

    a.end();
    await storage.jobs.cancel(a.job.id, new Date());
    expect(await ready()).toEqual([short, c.job.id]);
    const again = await begin(c.job.id);
    await hears(again, 3_600);
    again.end();
    b.end();
  });

  it('end what is a little longer than short and nearly done, and believe no file that says so for ever', async () => {
    const all = [await ofUnknownLength('a'), await ofUnknownLength('b'), await ofUnknownLength('c')];
    for (const attempt of all) await hears(attempt, 200, 0.6);
    const [a, b, c] = all;
    for (const attempt of [a!, b!]) await hears(attempt, 250, 0.99);
    await yielded(hears(c!, 250, 0.99));
    await hears(c!, 250, 1);
    for (const attempt of all) attempt.end();
  });

  it('believe a file that says it is long before it was heard', async () => {
    const [a, b, c] = [await ofUnknownLength('a'), await ofUnknownLength('b'), await ofUnknownLength('c')];
    for (const attempt of [a, b]) await hears(attempt, 9, 0.01, 3_600);
    await yielded(hears(c, 9, 0.01, 3_600));
    for (const attempt of [a, b, c]) attempt.end();
  });

  it('leave one of the slots for long ones to somebody else', async () => {
    const [first, second] = [await ofUnknownLength('a'), await ofUnknownLength('a')];
    await hears(first, 3_600);
    await yielded(hears(second, 3_600));
    const other = await ofUnknownLength('b');
    await hears(other, 3_600);
    for (const attempt of [first, second, other]) attempt.end();
  });

  it('take a note for a long one when its sound does not come, and go on where there is room for those', async () => {
    const [a, b, c] = [await ofUnknownLength('a'), await ofUnknownLength('b'), await ofUnknownLength('c')];
    const listeners = [a, b, c].map((attempt) => pieces.follow(attempt));
    await Promise.race([stopped(a), stopped(b), stopped(c)]);
    const still = [a, b, c].filter(({ signal }) => !signal.aborted);
    expect(still).toHaveLength(2);
    for (const { job } of [a, b, c]) expect((await storage.jobs.find(job.id))?.lengthy).toBe(true);
    expect(await ready()).toEqual([]);
    const short = (await storage.jobs.add(newJob({ user: 'd', seconds: 5 }))).job.id;
    expect(await ready()).toEqual([short]);
    for (const listener of listeners) listener.end();
    for (const attempt of still) attempt.end();
  });

  it('watch over drafts as well: for what comes after a piece, and after one that came to nothing', async () => {
    const [a, b] = [await ofUnknownLength('a'), await ofUnknownLength('b')];
    const [afterPiece, again] = [pieces.follow(a), pieces.follow(b)];
    const lengthened = new Set<string>();
    const { promise, resolve } = Promise.withResolvers<void>();
    const lengthen = storage.jobs.lengthen.bind(storage.jobs);
    jest.spyOn(storage.jobs, 'lengthen').mockImplementation((id, owner) => {
      if (lengthened.add(id).size === 2) resolve();
      return lengthen(id, owner);
    });
    for (const { draft } of [afterPiece, again]) draft.sounds();
    await afterPiece.draft.heard({ ...PIECE, media: { seconds: 9 } });
    await again.begins();
    await promise;
    for (const listener of [afterPiece, again]) listener.end();
    for (const attempt of [a, b]) attempt.end();
    await outcome.stopped(a, new Interruption('yielded'));
    expect(await storage.jobs.find(a.job.id)).toMatchObject({ lengthy: true });
  });

  it('count only the time for which sound is waited for', async () => {
    const attempt = await ofUnknownLength('a');
    const listener = pieces.follow(attempt);
    listener.sounds();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await storage.jobs.find(attempt.job.id))?.lengthy).toBe(false);
    listener.end();
    attempt.end();
  });
});
