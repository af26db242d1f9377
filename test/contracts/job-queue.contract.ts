import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { HarkError } from '../../src/core/errors';
import { Interruption } from '../../src/core/interruption';
import { AnswerStore } from '../../src/core/answer-store';
import { JobStore, NewJob } from '../../src/core/job-store';
import { processMark } from '../../src/core/process-mark';
import { QueueTimings } from '../../src/queue/queue-timings';
import { Journal } from '../support/journal';
import { chatMessage, newJob } from '../support/new-job';
import { QueueMember } from '../support/queue-member';
import { SmallWorker, SmallWorkerOptions } from '../support/small-worker';

export interface JobQueueHarness {
  jobs: JobStore;
  answers: AnswerStore;
  /** Resolves once the queue has seen that this job is there; it may see it a moment after it was woken. */
  noticed(id: string): Promise<void>;
  /** The queue of one process, closed after the test. */
  member(options?: {
    timings?: Partial<QueueTimings>;
    activeJobs?: number;
    leaseMs?: number;
  }): Promise<QueueMember>;
  /** Another process that sees the same events; the same one where there can be only one. */
  neighbour(of: QueueMember): Promise<QueueMember>;
  close(): Promise<void>;
}

/** No look without a reason: whatever a test waits for has to be brought about by an event or a due time. */
export const NO_SWEEP: Partial<QueueTimings> = { sweepMs: 3_600_000, heartbeatMs: 3_600_000 };

/** A piece of work that goes on until it is told to end. */
export class Gate {
  private readonly opened = Promise.withResolvers<void>();
  open(): void {
    this.opened.resolve();
  }
  /** Resolves when opened, rejects with the reason when the signal fires. */
  pass(signal: AbortSignal): Promise<void> {
    const aborted = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
    );
    return Promise.race([this.opened.promise, aborted]);
  }
}

/** What every queue does, whatever carries it. */
export function jobQueueContract(open: () => Promise<JobQueueHarness>): void {
  let harness: JobQueueHarness;
  beforeEach(async () => {
    harness = await open();
  });
  afterEach(() => harness.close());

  const add = async (job: NewJob): Promise<string> => (await harness.jobs.add(job)).job.id;
  const worker = async (member: QueueMember, options: SmallWorkerOptions): Promise<SmallWorker> =>
    new SmallWorker(member.queue, member.events, harness.jobs, options).start();
  const status = async (id: string): Promise<string | undefined> => (await harness.jobs.find(id))?.status;

  describe('order', () => {
    it('starts jobs of one user in the order in which they came', async () => {
      const ids = [await add(newJob()), await add(newJob()), await add(newJob()), await add(newJob())];
      const member = await harness.member({ timings: NO_SWEEP });
      const working = await worker(member, { slots: 1, work: () => undefined });
      await working.untilEnded(4);
      expect(working.started).toEqual(ids);
    });

    it('lets a job of higher priority pass all that have not begun', async () => {
      const gate = new Gate();
      const member = await harness.member({ timings: NO_SWEEP });
      const working = await worker(member, { slots: 1, work: (_, signal) => gate.pass(signal) });
      const long = [];
      for (let count = 0; count < 8; count++) long.push(await add(newJob()));
      member.queue.wake('transcription');
      await working.untilStarted(long[0] ?? '');
      const urgent = await add(newJob({ user: 'bob', priority: 10 }));
      member.queue.wake('transcription');
      await harness.noticed(urgent);
      gate.open();
      await working.untilEnded(9);
      expect(working.started.indexOf(urgent)).toBe(1);
    });

    it('takes turns between users, however many jobs one of them has', async () => {
      const gate = new Gate();
      const member = await harness.member({ timings: NO_SWEEP });
      const working = await worker(member, { slots: 1, work: (_, signal) => gate.pass(signal) });
      const many = [];
      for (let count = 0; count < 8; count++) many.push(await add(newJob({ user: 'ada' })));
      member.queue.wake('transcription');
      await working.untilStarted(many[0] ?? '');
      const one = await add(newJob({ user: 'bob' }));
      member.queue.wake('transcription');
      await harness.noticed(one);
      gate.open();
      await working.untilEnded(9);
      expect(working.started.indexOf(one)).toBe(1);
    });

    it('never has more of one chat user at work than the limit, and still uses every slot for others', async () => {
      const gate = new Gate();
      let most = 0;
      const atWork = new Map<string, number>();
      const member = await harness.member({ timings: NO_SWEEP, activeJobs: 1 });
      for (let count = 0; count < 5; count++)
        await add(newJob({ user: 'ada', replyTo: chatMessage(`a${count}`) }));
      await add(newJob({ user: 'bob', replyTo: chatMessage('b') }));
      const working = await worker(member, {
        slots: 2,
        work: async ({ requester }, signal) => {
          atWork.set(requester.id, (atWork.get(requester.id) ?? 0) + 1);
          most = Math.max(most, ...atWork.values());
          await gate.pass(signal);
          atWork.set(requester.id, (atWork.get(requester.id) ?? 0) - 1);
        },
      });
      await working.journal.until((notes) => notes.length === 2);
      gate.open();
      await working.untilEnded(6);
      expect(most).toBe(1);
    });

    it('works on as many ids at a time as there are slots, and no more', async () => {
      const gate = new Gate();
      const member = await harness.member({ timings: NO_SWEEP });
      for (let count = 0; count < 7; count++) await add(newJob({ user: `user ${count}` }));
      const working = await worker(member, { slots: 3, work: (_, signal) => gate.pass(signal) });
      await working.journal.until((notes) => notes.length === 3);
      expect(await member.queue.depth('transcription')).toEqual({ waiting: 4, active: 3 });
      gate.open();
      await working.untilEnded(7);
      expect(new Set(working.started).size).toBe(7);
    });
  });

  describe('attempts', () => {
    it('tries again after a growing pause, which no sweep has to end', async () => {
      const member = await harness.member({ timings: NO_SWEEP });
      let failures = 2;
      const working = await worker(member, {
        slots: 1,
        hurry: 0.2,
        work: () => {
          if (failures-- > 0) throw new HarkError('engine_failed', 'It failed.', { retryable: true });
        },
      });
      const id = await add(newJob());
      member.queue.wake('transcription');
      await working.untilStarted(id, 3);
      await working.untilEnded(3);
      const [first, second, third] = working.journal.entries.filter(({ what }) => what === 'started');
      const pauses = [(second?.at ?? 0) - (first?.at ?? 0), (third?.at ?? 0) - (second?.at ?? 0)];
      // Half of the whole second and of the two seconds, a fifth of each.
      expect(pauses[0]).toBeGreaterThanOrEqual(99);
      expect(pauses[1]).toBeGreaterThanOrEqual(199);
      expect(await harness.jobs.find(id)).toMatchObject({ status: 'done', attempts: 3 });
    });

    it('does others while one waits for its next attempt', async () => {
      const member = await harness.member({ timings: NO_SWEEP });
      const bad = await add(newJob());
      // There before the first one fails, however long that takes.
      const good = await add(newJob());
      const working = await worker(member, {
        slots: 1,
        work: ({ id }) => {
          if (id === bad) throw new HarkError('engine_failed', 'It failed.', { retryable: true });
        },
      });
      await working.untilEnded(2);
      expect(working.started).toEqual([bad, good]);
      expect([await status(bad), await status(good)]).toEqual(['queued', 'done']);
    });

    it('ends with the last attempt', async () => {
      const member = await harness.member({ timings: NO_SWEEP });
      const id = await add(newJob());
      const working = await worker(member, {
        slots: 1,
        hurry: 0.01,
        maxAttempts: 2,
        work: () => {
          throw new HarkError('engine_failed', 'It failed.', { retryable: true });
        },
      });
      await working.untilEnded(2);
      expect(await harness.jobs.find(id)).toMatchObject({ status: 'failed', attempts: 2 });
    });

    it('does not try a permanent error again', async () => {
      const member = await harness.member({ timings: NO_SWEEP });
      const bad = await add(newJob());
      const working = await worker(member, {
        slots: 1,
        hurry: 0,
        work: ({ id }) => {
          if (id === bad) throw new HarkError('media_empty', 'It is empty.');
        },
      });
      await working.untilEnded(1);
      const good = await add(newJob());
      member.queue.wake('transcription');
      await working.untilEnded(2);
      expect(working.started).toEqual([bad, good]);
      expect(await harness.jobs.find(bad)).toMatchObject({ status: 'failed', attempts: 1 });
    });

    it('lets others go first when a handler throws, then hands the id out again', async () => {
      const member = await harness.member({ timings: { ...NO_SWEEP, holdBackMs: 150 } });
      const calls = new Journal<string>();
      const bad = await add(newJob());
      const good = await add(newJob({ user: 'bob' }));
      await member.queue.work('transcription', 1, async (id) => {
        calls.add(id);
        if (id === bad && calls.entries.filter((other) => other === bad).length === 1)
          throw new Error('no database');
        await harness.jobs.claim(id, { owner: id, until: new Date(Date.now() + 60_000) }, new Date());
      });
      await calls.until((ids) => ids.length === 3);
      expect(calls.entries).toEqual([bad, good, bad]);
    });
  });

  describe('cancellation', () => {
    it('never starts what was cancelled while queued', async () => {
      const member = await harness.member({ timings: NO_SWEEP });
      const cancelled = await add(newJob());
      const next = await add(newJob());
      await harness.jobs.cancel(cancelled, new Date());
      const working = await worker(member, { slots: 1, work: () => undefined });
      await working.untilEnded(1);
      expect(working.started).toEqual([next]);
    });

    it('never starts what was cancelled while handed out', async () => {
      const gate = new Gate();
      const member = await harness.member({ timings: NO_SWEEP });
      const ids = [await add(newJob()), await add(newJob()), await add(newJob())];
      const working = await worker(member, { slots: 1, work: (_, signal) => gate.pass(signal) });
      await working.untilStarted(ids[0] ?? '');
      await harness.jobs.cancel(ids[1] ?? '', new Date());
      gate.open();
      await working.untilEnded(2);
      expect(working.started).toEqual([ids[0], ids[2]]);
    });

    it('stops what runs when another process says so, and goes on with the next', async () => {
      const member = await harness.member({ timings: NO_SWEEP });
      const neighbour = await harness.neighbour(member);
      let reason: unknown;
      const running = await add(newJob());
      const working = await worker(member, {
        slots: 1,
        work: async ({ id }, signal) => {
          if (id !== running) return;
          await new Gate().pass(signal).catch((error: unknown) => {
            reason = error;
            throw error;
          });
        },
      });
      await working.untilStarted(running);
      const next = await add(newJob());
      await harness.jobs.cancel(running, new Date());
      neighbour.events.publish({ type: 'status', jobId: running, status: 'cancelled' });
      await working.untilStarted(next);
      await working.untilEnded(2);
      expect(reason).toEqual(new Interruption('cancelled'));
      expect([await status(running), await status(next)]).toEqual(['cancelled', 'done']);
    });
  });

  describe('waking', () => {
    it('hands an id to an idle worker by the wake alone', async () => {
      const member = await harness.member({ timings: NO_SWEEP });
      const working = await worker(member, { slots: 1, work: () => undefined });
      const waits: number[] = [];
      for (let count = 1; count <= 30; count++) {
        const id = await add(newJob());
        const woken = performance.now();
        member.queue.wake('transcription');
        await working.untilStarted(id);
        waits.push((working.journal.entries.find((note) => note.id === id)?.at ?? Infinity) - woken);
        await working.untilEnded(count);
      }
      waits.sort((a, b) => a - b);
      // Far below any interval at which a table would be polled.
      expect(waits[15]).toBeLessThan(150);
      if (process.env.HARK_FIGURES)
        console.log('wake to handler, ms: median', waits[15], 'slowest', waits[29]);
    });

    it('hands each id out once, however often it is woken', async () => {
      const member = await harness.member({ timings: NO_SWEEP });
      const calls = new Journal<string>();
      await member.queue.work('transcription', 2, async (id) => {
        calls.add(id);
        await harness.jobs.claim(id, { owner: id, until: new Date(Date.now() + 60_000) }, new Date());
      });
      const ids = new Set<string>();
      for (let count = 0; count < 20; count++) {
        ids.add(await add(newJob({ user: `user ${count}` })));
        for (let wakes = 0; wakes < 25; wakes++) member.queue.wake('transcription');
      }
      await calls.until((handed) => handed.length >= 20);
      expect(calls.entries).toHaveLength(20);
      expect(new Set(calls.entries)).toEqual(ids);
    });

    it('is woken by an event that ends a job, for the next one of the same sequence', async () => {
      const member = await harness.member({ timings: NO_SWEEP });
      const first = await add(newJob({ sequenceKey: 'ada in general' }));
      const second = await add(newJob({ sequenceKey: 'ada in general' }));
      const lease = { owner: 'elsewhere', until: new Date(Date.now() + 3_600_000) };
      await harness.jobs.claim(first, lease, new Date());
      const working = await worker(member, { slots: 1, work: () => undefined });
      await harness.jobs.cancel(first, new Date());
      member.events.publish({ type: 'status', jobId: first, status: 'cancelled' });
      await working.untilStarted(second);
    });

    it('gives answers to the delivery lane', async () => {
      const member = await harness.member({ timings: NO_SWEEP });
      const heard = new Journal<string>();
      const { job } = await harness.jobs.add(newJob({ replyTo: chatMessage('general') }));
      await member.queue.work('delivery', 1, async (id) => {
        const claimed = await harness.answers.claim(
          id,
          { owner: 'd', until: new Date(Date.now() + 60_000) },
          new Date(),
        );
        const reply = { message: '1' };
        const delivered = { revision: claimed?.revision ?? 0, reply, milliseconds: 1 };
        await harness.answers.finish(id, 'd', delivered, new Date());
        heard.add(id);
      });
      await worker(member, { slots: 1, work: () => undefined });
      // The event of the end tells of the answer.
      member.events.subscribe((event) => {
        if (event.type === 'status' && event.status === 'done') member.queue.wake('delivery');
      });
      await heard.until((ids) => ids.length === 1);
      expect(heard.entries).toEqual([job.answerId]);
      expect(await status(job.id)).toBe('done');
    });

    it('refuses a second handler of a lane', async () => {
      const member = await harness.member({ timings: NO_SWEEP });
      await member.queue.work('delivery', 1, () => Promise.resolve());
      await expect(member.queue.work('delivery', 1, () => Promise.resolve())).rejects.toThrow('delivery');
    });
  });

  describe('recovery', () => {
    it('finds at start what was queued before', async () => {
      const id = await add(newJob());
      const working = await worker(await harness.member({ timings: NO_SWEEP }), {
        slots: 1,
        work: () => undefined,
      });
      await working.untilEnded(1);
      expect(await status(id)).toBe('done');
    });

    it('finds in a sweep what nobody told it of', async () => {
      const member = await harness.member({ timings: { ...NO_SWEEP, sweepMs: 100 } });
      const working = await worker(member, { slots: 1, work: () => undefined });
      const id = await add(newJob());
      await working.untilEnded(1);
      expect(working.started).toEqual([id]);
    });

    it('hands out again, when its lease ends, what a dead worker held', async () => {
      const id = await add(newJob());
      await harness.jobs.claim(id, { owner: 'dead', until: new Date(Date.now() + 400) }, new Date());
      const working = await worker(await harness.member({ timings: NO_SWEEP, leaseMs: 500 }), {
        slots: 1,
        work: () => undefined,
      });
      await working.untilEnded(1);
      expect(await harness.jobs.find(id)).toMatchObject({ status: 'done', attempts: 2, losses: 1 });
    });

    it('takes back what a dead worker held whose clock was far ahead', async () => {
      const id = await add(newJob());
      const until = new Date(Date.now() + 7_200_000);
      await harness.jobs.claim(id, { owner: 'dead', until }, new Date());
      const working = await worker(await harness.member({ timings: NO_SWEEP, leaseMs: 500 }), {
        slots: 1,
        work: () => undefined,
      });
      await working.untilStarted(id);
    });

    it('takes back at once what a process of this machine held that is gone', async () => {
      const gone = spawn('true');
      const mark = processMark().split('/');
      mark[3] = String(gone.pid);
      await once(gone, 'exit');
      const id = await add(newJob());
      const until = new Date(Date.now() + 60_000);
      await harness.jobs.claim(id, { owner: `${mark.join('/')}:attempt`, until }, new Date());
      const working = await worker(await harness.member({ timings: NO_SWEEP }), {
        slots: 1,
        work: () => undefined,
      });
      await working.untilStarted(id);
    });

    it('works on a lane again after a rest, and hands back what ran then', async () => {
      const member = await harness.member({ timings: NO_SWEEP });
      const first = await worker(member, { slots: 1, work: (_, signal) => new Gate().pass(signal) });
      const id = await add(newJob());
      member.queue.wake('transcription');
      await first.untilStarted(id);
      await member.queue.rest('transcription', 0);
      expect(await harness.jobs.find(id)).toMatchObject({ status: 'queued', attempts: 0 });
      const second = await worker(member, { slots: 1, work: () => undefined });
      await second.untilStarted(id);
      const next = await add(newJob());
      member.queue.wake('transcription');
      await second.untilStarted(next);
      expect(first.started).toEqual([id]);
    });
  });

  describe('stopping', () => {
    it('lets work end that ends in time', async () => {
      const gate = new Gate();
      const member = await harness.member({ timings: NO_SWEEP });
      const id = await add(newJob());
      const working = await worker(member, { slots: 1, work: (_, signal) => gate.pass(signal) });
      await working.untilStarted(id);
      const stopped = member.queue.stop(20_000);
      gate.open();
      await stopped;
      expect(await status(id)).toBe('done');
    });

    it('aborts what goes on after the deadline, waits for it, and takes nothing more', async () => {
      const member = await harness.member({ timings: NO_SWEEP });
      const ids = [await add(newJob()), await add(newJob())];
      let reason: unknown;
      const working = await worker(member, {
        slots: 1,
        work: async (_, signal) => {
          await new Gate().pass(signal).catch((error: unknown) => {
            reason = error;
            throw error;
          });
        },
      });
      await working.untilStarted(ids[0] ?? '');
      const asked = performance.now();
      await member.queue.stop(200);
      expect(performance.now() - asked).toBeLessThan(5_000);
      expect(reason).toEqual(new Interruption('shutdown'));
      expect(working.journal.entries.map(({ what }) => what)).toEqual(['started', 'ended']);
      expect(await harness.jobs.find(ids[0] ?? '')).toMatchObject({ status: 'queued', attempts: 0 });
      member.queue.wake('transcription');
      await member.queue.stop(0);
      expect(working.started).toHaveLength(1);
    });

    it('does not wait for ever for work that will not stop', async () => {
      const member = await harness.member({ timings: { ...NO_SWEEP, returnMs: 100 } });
      const id = await add(newJob());
      const gate = new Gate();
      const working = await worker(member, { slots: 1, work: () => gate.pass(new AbortController().signal) });
      await working.untilStarted(id);
      await member.queue.stop(50);
      gate.open();
      await working.untilEnded(1);
    });

    it('leaves what it handed back to the next process', async () => {
      const member = await harness.member({ timings: NO_SWEEP });
      const id = await add(newJob());
      const first = await worker(member, { slots: 1, work: (_, signal) => new Gate().pass(signal) });
      await first.untilStarted(id);
      await member.queue.stop(0);
      const second = await worker(await harness.member({ timings: NO_SWEEP }), {
        slots: 1,
        work: () => undefined,
      });
      await second.untilEnded(1);
      expect(await harness.jobs.find(id)).toMatchObject({ status: 'done', attempts: 1 });
    });
  });

  describe('health', () => {
    it('says that the queue is well', async () => {
      const member = await harness.member({ timings: NO_SWEEP });
      await member.queue.work('delivery', 1, () => Promise.resolve());
      expect(await member.health.report()).toContainEqual(
        expect.objectContaining({ name: 'queue', state: 'ok' }),
      );
    });
  });
}
