import { HarkError } from '../../../src/core/errors';
import { Interruption } from '../../../src/core/interruption';
import { Journal } from '../../support/journal';
import { newJob } from '../../support/new-job';
import { Gate, NO_SWEEP, QueueUnderTest, queueRig } from './queue-under-test';

/** How often a job is tried, and how its work is called off. */
export function describeAttempts(open: QueueUnderTest): void {
  describe('attempts', () => {
    const rig = queueRig(open);

    it('tries again after a growing pause, which no sweep has to end', async () => {
      const member = await rig.member({ timings: NO_SWEEP });
      let failures = 2;
      const working = await rig.worker(member, {
        slots: 1,
        hurry: 0.2,
        work: () => {
          if (failures-- > 0) throw new HarkError('engine_failed', 'It failed.', { retryable: true });
        },
      });
      const id = await rig.add(newJob());
      member.queue.wake('transcription');
      await working.untilStarted(id, 3);
      await working.untilEnded(3);
      const [first, second, third] = working.journal.entries.filter(({ what }) => what === 'started');
      const pauses = [(second?.at ?? 0) - (first?.at ?? 0), (third?.at ?? 0) - (second?.at ?? 0)];
      // Half of the whole second and of the two seconds, a fifth of each.
      expect(pauses[0]).toBeGreaterThanOrEqual(99);
      expect(pauses[1]).toBeGreaterThanOrEqual(199);
      expect(await rig.jobs.find(id)).toMatchObject({ status: 'done', attempts: 3 });
    });

    it('does others while one waits for its next attempt', async () => {
      const member = await rig.member({ timings: NO_SWEEP });
      const bad = await rig.add(newJob());
      // There before the first one fails, however long that takes.
      const good = await rig.add(newJob());
      const working = await rig.worker(member, {
        slots: 1,
        work: ({ id }) => {
          if (id === bad) throw new HarkError('engine_failed', 'It failed.', { retryable: true });
        },
      });
      await working.untilEnded(2);
      expect(working.started).toEqual([bad, good]);
      expect([await rig.status(bad), await rig.status(good)]).toEqual(['queued', 'done']);
    });

    it('ends with the last attempt', async () => {
      const member = await rig.member({ timings: NO_SWEEP });
      const id = await rig.add(newJob());
      const working = await rig.worker(member, {
        slots: 1,
        hurry: 0.01,
        maxAttempts: 2,
        work: () => {
          throw new HarkError('engine_failed', 'It failed.', { retryable: true });
        },
      });
      await working.untilEnded(2);
      expect(await rig.jobs.find(id)).toMatchObject({ status: 'failed', attempts: 2 });
    });

    it('does not try a permanent error again', async () => {
      const member = await rig.member({ timings: NO_SWEEP });
      const bad = await rig.add(newJob());
      const working = await rig.worker(member, {
        slots: 1,
        hurry: 0,
        work: ({ id }) => {
          if (id === bad) throw new HarkError('media_empty', 'It is empty.');
        },
      });
      await working.untilEnded(1);
      const good = await rig.add(newJob());
      member.queue.wake('transcription');
      await working.untilEnded(2);
      expect(working.started).toEqual([bad, good]);
      expect(await rig.jobs.find(bad)).toMatchObject({ status: 'failed', attempts: 1 });
    });

    it('lets others go first when a handler throws, then hands the id out again', async () => {
      const member = await rig.member({ timings: { ...NO_SWEEP, holdBackMs: 150 } });
      const calls = new Journal<string>();
      const bad = await rig.add(newJob());
      const good = await rig.add(newJob({ user: 'bob' }));
      await member.queue.work('transcription', 1, async (id) => {
        calls.add(id);
        if (id === bad && calls.entries.filter((other) => other === bad).length === 1)
          throw new Error('no database');
        await rig.jobs.claim(id, { owner: id, until: new Date(Date.now() + 60_000) }, new Date());
      });
      await calls.until((ids) => ids.length === 3);
      expect(calls.entries).toEqual([bad, good, bad]);
    });
  });

  describe('cancellation', () => {
    const rig = queueRig(open);

    it('never starts what was cancelled while queued', async () => {
      const member = await rig.member({ timings: NO_SWEEP });
      const cancelled = await rig.add(newJob());
      const next = await rig.add(newJob());
      await rig.jobs.cancel(cancelled, new Date());
      const working = await rig.worker(member, { slots: 1, work: () => undefined });
      await working.untilEnded(1);
      expect(working.started).toEqual([next]);
    });

    it('never starts what was cancelled while handed out', async () => {
      const gate = new Gate();
      const member = await rig.member({ timings: NO_SWEEP });
      const ids = [await rig.add(newJob()), await rig.add(newJob()), await rig.add(newJob())];
      const working = await rig.worker(member, { slots: 1, work: (_, signal) => gate.pass(signal) });
      await working.untilStarted(ids[0] ?? '');
      await rig.jobs.cancel(ids[1] ?? '', new Date());
      gate.open();
      await working.untilEnded(2);
      expect(working.started).toEqual([ids[0], ids[2]]);
    });

    it('stops what runs when another process says so, and goes on with the next', async () => {
      const member = await rig.member({ timings: NO_SWEEP });
      const neighbour = await rig.neighbour(member);
      let reason: unknown;
      const running = await rig.add(newJob());
      const working = await rig.worker(member, {
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
      const next = await rig.add(newJob());
      await rig.jobs.cancel(running, new Date());
      neighbour.events.publish({ type: 'status', jobId: running, status: 'cancelled' });
      await working.untilStarted(next);
      await working.untilEnded(2);
      expect(reason).toEqual(new Interruption('cancelled'));
      expect([await rig.status(running), await rig.status(next)]).toEqual(['cancelled', 'done']);
    });
  });
}
