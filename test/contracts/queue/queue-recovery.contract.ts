import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { processMark } from '../../../src/core/process-mark';
import { newJob } from '../../support/new-job';
import { Gate, NO_SWEEP, QueueUnderTest, queueRig } from './queue-under-test';

/** What nobody told of, or died with its process, is found again. */
export function describeRecovery(open: QueueUnderTest): void {
  describe('recovery', () => {
    const rig = queueRig(open);

    it('finds at start what was queued before', async () => {
      const id = await rig.add(newJob());
      const working = await rig.worker(await rig.member({ timings: NO_SWEEP }), {
        slots: 1,
        work: () => undefined,
      });
      await working.untilEnded(1);
      expect(await rig.status(id)).toBe('done');
    });

    it('finds in a sweep what nobody told it of', async () => {
      const member = await rig.member({ timings: { ...NO_SWEEP, sweepMs: 100 } });
      const working = await rig.worker(member, { slots: 1, work: () => undefined });
      const id = await rig.add(newJob());
      await working.untilEnded(1);
      expect(working.started).toEqual([id]);
    });

    it('hands out again, when its lease ends, what a dead worker held', async () => {
      const id = await rig.add(newJob());
      await rig.jobs.claim(id, { owner: 'dead', until: new Date(Date.now() + 400) }, new Date());
      const working = await rig.worker(await rig.member({ timings: NO_SWEEP, leaseMs: 500 }), {
        slots: 1,
        work: () => undefined,
      });
      await working.untilEnded(1);
      expect(await rig.jobs.find(id)).toMatchObject({ status: 'done', attempts: 2, losses: 1 });
    });

    it('takes back what a dead worker held whose clock was far ahead', async () => {
      const id = await rig.add(newJob());
      const until = new Date(Date.now() + 7_200_000);
      await rig.jobs.claim(id, { owner: 'dead', until }, new Date());
      const working = await rig.worker(await rig.member({ timings: NO_SWEEP, leaseMs: 500 }), {
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
      const id = await rig.add(newJob());
      const until = new Date(Date.now() + 60_000);
      await rig.jobs.claim(id, { owner: `${mark.join('/')}:attempt`, until }, new Date());
      const working = await rig.worker(await rig.member({ timings: NO_SWEEP }), {
        slots: 1,
        work: () => undefined,
      });
      await working.untilStarted(id);
    });

    it('works on a lane again after a rest, and hands back what ran then', async () => {
      const member = await rig.member({ timings: NO_SWEEP });
      const first = await rig.worker(member, { slots: 1, work: (_, signal) => new Gate().pass(signal) });
      const id = await rig.add(newJob());
      member.queue.wake('transcription');
      await first.untilStarted(id);
      await member.queue.rest('transcription', 0);
      expect(await rig.jobs.find(id)).toMatchObject({ status: 'queued', attempts: 0 });
      const second = await rig.worker(member, { slots: 1, work: () => undefined });
      await second.untilStarted(id);
      const next = await rig.add(newJob());
      member.queue.wake('transcription');
      await second.untilStarted(next);
      expect(first.started).toEqual([id]);
    });
  });
}
