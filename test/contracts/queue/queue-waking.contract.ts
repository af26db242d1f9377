import { Journal } from '../../support/journal';
import { chatMessage, newJob } from '../../support/new-job';
import { NO_SWEEP, QueueUnderTest, queueRig } from './queue-under-test';

/** What makes an idle worker look. */
export function describeWaking(open: QueueUnderTest): void {
  describe('waking', () => {
    const rig = queueRig(open);

    it('hands an id to an idle worker by the wake alone', async () => {
      const member = await rig.member({ timings: NO_SWEEP });
      const working = await rig.worker(member, { slots: 1, work: () => undefined });
      const waits: number[] = [];
      for (let count = 1; count <= 30; count++) {
        const id = await rig.add(newJob());
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
      const member = await rig.member({ timings: NO_SWEEP });
      const calls = new Journal<string>();
      await member.queue.work('transcription', 2, async (id) => {
        calls.add(id);
        await rig.jobs.claim(id, { owner: id, until: new Date(Date.now() + 60_000) }, new Date());
      });
      const ids = new Set<string>();
      for (let count = 0; count < 20; count++) {
        ids.add(await rig.add(newJob({ user: `user ${count}` })));
        for (let wakes = 0; wakes < 25; wakes++) member.queue.wake('transcription');
      }
      await calls.until((handed) => handed.length >= 20);
      expect(calls.entries).toHaveLength(20);
      expect(new Set(calls.entries)).toEqual(ids);
    });

    it('is woken by an event that ends a job, for the next one of the same sequence', async () => {
      const member = await rig.member({ timings: NO_SWEEP });
      const first = await rig.add(newJob({ sequenceKey: 'ada in general' }));
      const second = await rig.add(newJob({ sequenceKey: 'ada in general' }));
      const lease = { owner: 'elsewhere', until: new Date(Date.now() + 3_600_000) };
      await rig.jobs.claim(first, lease, new Date());
      const working = await rig.worker(member, { slots: 1, work: () => undefined });
      await rig.jobs.cancel(first, new Date());
      member.events.publish({ type: 'status', jobId: first, status: 'cancelled' });
      await working.untilStarted(second);
    });

    it('gives answers to the delivery lane', async () => {
      const member = await rig.member({ timings: NO_SWEEP });
      const heard = new Journal<string>();
      const { job } = await rig.jobs.add(newJob({ replyTo: chatMessage('general') }));
      await member.queue.work('delivery', 1, async (id) => {
        const claimed = await rig.answers.claim(
          id,
          { owner: 'd', until: new Date(Date.now() + 60_000) },
          new Date(),
        );
        const reply = { message: '1' };
        const delivered = { revision: claimed?.revision ?? 0, reply, milliseconds: 1 };
        await rig.answers.finish(id, 'd', delivered, new Date());
        heard.add(id);
      });
      await rig.worker(member, { slots: 1, work: () => undefined });
      // The event of the end tells of the answer.
      member.events.subscribe((event) => {
        if (event.type === 'status' && event.status === 'done') member.queue.wake('delivery');
      });
      await heard.until((ids) => ids.length === 1);
      expect(heard.entries).toEqual([job.answerId]);
      expect(await rig.status(job.id)).toBe('done');
    });

    it('refuses a second handler of a lane', async () => {
      const member = await rig.member({ timings: NO_SWEEP });
      await member.queue.work('delivery', 1, () => Promise.resolve());
      await expect(member.queue.work('delivery', 1, () => Promise.resolve())).rejects.toThrow('delivery');
    });
  });
}
