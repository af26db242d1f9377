import { Interruption } from '../../../src/core/interruption';
import { newJob } from '../../support/new-job';
import { Gate, NO_SWEEP, QueueUnderTest, queueRig } from './queue-under-test';

/** How work ends with its process; and how the queue says that it is well. */
export function describeStopping(open: QueueUnderTest): void {
  describe('stopping', () => {
    const rig = queueRig(open);

    it('lets work end that ends in time', async () => {
      const gate = new Gate();
      const member = await rig.member({ timings: NO_SWEEP });
      const id = await rig.add(newJob());
      const working = await rig.worker(member, { slots: 1, work: (_, signal) => gate.pass(signal) });
      await working.untilStarted(id);
      const stopped = member.queue.stop(20_000);
      gate.open();
      await stopped;
      expect(await rig.status(id)).toBe('done');
    });

    it('aborts what goes on after the deadline, waits for it, and takes nothing more', async () => {
      const member = await rig.member({ timings: NO_SWEEP });
      const ids = [await rig.add(newJob()), await rig.add(newJob())];
      let reason: unknown;
      const working = await rig.worker(member, {
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
      expect(await rig.jobs.find(ids[0] ?? '')).toMatchObject({ status: 'queued', attempts: 0 });
      member.queue.wake('transcription');
      await member.queue.stop(0);
      expect(working.started).toHaveLength(1);
    });

    it('does not wait for ever for work that will not stop', async () => {
      const member = await rig.member({ timings: { ...NO_SWEEP, returnMs: 100 } });
      const id = await rig.add(newJob());
      const gate = new Gate();
      const working = await rig.worker(member, {
        slots: 1,
        work: () => gate.pass(new AbortController().signal),
      });
      await working.untilStarted(id);
      await member.queue.stop(50);
      gate.open();
      await working.untilEnded(1);
    });

    it('leaves what it handed back to the next process', async () => {
      const member = await rig.member({ timings: NO_SWEEP });
      const id = await rig.add(newJob());
      const first = await rig.worker(member, { slots: 1, work: (_, signal) => new Gate().pass(signal) });
      await first.untilStarted(id);
      await member.queue.stop(0);
      const second = await rig.worker(await rig.member({ timings: NO_SWEEP }), {
        slots: 1,
        work: () => undefined,
      });
      await second.untilEnded(1);
      expect(await rig.jobs.find(id)).toMatchObject({ status: 'done', attempts: 1 });
    });
  });

  describe('health', () => {
    const rig = queueRig(open);

    it('says that the queue is well', async () => {
      const member = await rig.member({ timings: NO_SWEEP });
      await member.queue.work('delivery', 1, () => Promise.resolve());
      expect(await member.health.report()).toContainEqual(
        expect.objectContaining({ name: 'queue', state: 'ok' }),
      );
    });
  });
}
