import { chatMessage, newJob } from '../../support/new-job';
import { Gate, NO_SWEEP, QueueUnderTest, queueRig } from './queue-under-test';

/** Which job begins next. */
export function describeOrder(open: QueueUnderTest): void {
  describe('order', () => {
    const rig = queueRig(open);

    it('starts jobs of one user in the order in which they came', async () => {
      const ids = [
        await rig.add(newJob()),
        await rig.add(newJob()),
        await rig.add(newJob()),
        await rig.add(newJob()),
      ];
      const member = await rig.member({ timings: NO_SWEEP });
      const working = await rig.worker(member, { slots: 1, work: () => undefined });
      await working.untilEnded(4);
      expect(working.started).toEqual(ids);
    });

    it('lets a job of higher priority pass all that have not begun', async () => {
      const gate = new Gate();
      const member = await rig.member({ timings: NO_SWEEP });
      const working = await rig.worker(member, { slots: 1, work: (_, signal) => gate.pass(signal) });
      const long = [];
      for (let count = 0; count < 8; count++) long.push(await rig.add(newJob()));
      member.queue.wake('transcription');
      await working.untilStarted(long[0] ?? '');
      const urgent = await rig.add(newJob({ user: 'bob', priority: 10 }));
      member.queue.wake('transcription');
      await rig.noticed(urgent);
      gate.open();
      await working.untilEnded(9);
      expect(working.started.indexOf(urgent)).toBe(1);
    });

    it('takes turns between users, however many jobs one of them has', async () => {
      const gate = new Gate();
      const member = await rig.member({ timings: NO_SWEEP });
      const working = await rig.worker(member, { slots: 1, work: (_, signal) => gate.pass(signal) });
      const many = [];
      for (let count = 0; count < 8; count++) many.push(await rig.add(newJob({ user: 'ada' })));
      member.queue.wake('transcription');
      await working.untilStarted(many[0] ?? '');
      const one = await rig.add(newJob({ user: 'bob' }));
      member.queue.wake('transcription');
      await rig.noticed(one);
      gate.open();
      await working.untilEnded(9);
      expect(working.started.indexOf(one)).toBe(1);
    });

    it('never has more of one chat user at work than the limit, and still uses every slot for others', async () => {
      const gate = new Gate();
      let most = 0;
      const atWork = new Map<string, number>();
      const member = await rig.member({ timings: NO_SWEEP, activeJobs: 1 });
      for (let count = 0; count < 5; count++)
        await rig.add(newJob({ user: 'ada', replyTo: chatMessage(`a${count}`) }));
      await rig.add(newJob({ user: 'bob', replyTo: chatMessage('b') }));
      const working = await rig.worker(member, {
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
      const member = await rig.member({ timings: NO_SWEEP });
      for (let count = 0; count < 7; count++) await rig.add(newJob({ user: `user ${count}` }));
      const working = await rig.worker(member, { slots: 3, work: (_, signal) => gate.pass(signal) });
      await working.journal.until((notes) => notes.length === 3);
      expect(await member.queue.depth('transcription')).toEqual({ waiting: 4, active: 3 });
      gate.open();
      await working.untilEnded(7);
      expect(new Set(working.started).size).toBe(7);
    });
  });
}
