import { newJob } from '../../test/support/new-job';
import { TestStorage, openTestStorage } from '../../test/support/storage';
import { LocalJobEvents } from '../queue/local-job-events';
import { AttemptOutcomeService } from './attempt-outcome.service';
import { AudioService } from './audio.service';
import { Attempt, AttemptsService } from './attempts.service';
import { lengthySlots } from './fair-share';
import { HeardPiecesService } from './heard-pieces.service';
import { Interruption } from './interruption';
import { JobChangesService } from './job-changes.service';
import { JobQueue } from './job-queue';
import { LeaseKeeperService } from './lease-keeper.service';
import { HeardPiece } from './listening.service';
import { OutageService } from './outage.service';
import { Policy } from './policy';
import { RunningWork } from './running-work';
import { Telemetry } from './telemetry';

const SLOTS = 3;

describe('Attempts', () => {
  let storage: TestStorage;
  let attempts: AttemptsService;
  let pieces: HeardPiecesService;
  let outcome: AttemptOutcomeService;
  beforeEach(async () => {
    storage = await openTestStorage();
    const clock = { now: () => new Date() };
    const policy = {
      slots: { transcription: SLOTS },
      leaseMs: 60_000,
      processId: 'here',
      maxAttempts: 5,
    } as Policy;
    const events = new LocalJobEvents();
    const queue = { wake: () => undefined } as unknown as JobQueue;
    const leases = new LeaseKeeperService(policy, clock);
    const outages = new OutageService(policy);
    const running = new RunningWork(events, policy);
    pieces = new HeardPiecesService(storage.jobs, running, events, outages);
    const changes = new JobChangesService(
      events,
      queue,
      new AudioService(storage.uploads, storage.archive, policy, clock),
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
  const hears = (attempt: Attempt, seconds: number, progress = 0.01): Promise<void> => {
    const piece: HeardPiece = { index: 0, from: 0, segments: [], progress, media: { seconds } };
    return pieces.save(attempt, piece);
  };

  it('give the last slot back to short notes when too many turn out long, and go on later', async () => {
    const [a, b, c] = [await ofUnknownLength('a'), await ofUnknownLength('b'), await ofUnknownLength('c')];
    await hears(a, 3_600);
    await hears(b, 3_600);
    await hears(a, 3_600, 0.02);
    const yielded = await hears(c, 3_600).catch((error: unknown) => error);
    expect(yielded).toEqual(new Interruption('yielded'));
    await outcome.stopped(c, yielded);
    c.end();
    expect(await storage.jobs.find(c.job.id)).toMatchObject({ status: 'queued', attempts: 0, lengthy: true });

    const rules = { activeJobsPerUser: 0, activeJobsPerServer: 0, activeJobsPerChannel: 0 };
    const ready = (): Promise<string[]> =>
      storage.jobs.ready(9, new Date(), { ...rules, lengthyJobs: lengthySlots(SLOTS) }, []);
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

  it('end what is nearly done, however long it was', async () => {
    const all = [await ofUnknownLength('a'), await ofUnknownLength('b'), await ofUnknownLength('c')];
    for (const attempt of all) await hears(attempt, 3_600, 0.6);
    for (const attempt of all) attempt.end();
  });
});
