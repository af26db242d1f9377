import { randomUUID } from 'node:crypto';
import { GONE, answersRig, at } from './answers-under-test';
import { StorageUnderTest } from './storage-under-test';

/** To whom an answer is given, and that nobody else writes it. */
export function describeAnswerLeases(under: StorageUnderTest): void {
  describe('answers', () => {
    const rig = answersRig(under);
    const { asked, end, claim, finish } = rig;

    it('go to one of many that claim them at the same moment', async () => {
      const other = await under.openAgain(rig.storage);
      const { id, jobs } = await asked(1);
      await end(jobs[0] ?? '');
      const claims = await Promise.all(
        ['a', 'b', 'c', 'd'].map((owner, index) =>
          (index % 2 ? other.answers : rig.answers).claim(id, { owner, until: at(40) }, at(10)),
        ),
      );
      expect(claims.filter((one) => one !== undefined)).toHaveLength(1);
      await other.close();
    });

    it('count attempts for each state anew, and take back those that were interrupted', async () => {
      const { id, jobs } = await asked(2);
      await end(jobs[0] ?? '');
      expect(await claim(id, 'd1')).toMatchObject({ attempts: 1 });
      expect(await rig.answers.handBack(id, 'd1', { availableAt: at(20) })).toBe(true);
      expect(await rig.answers.ready(9, at(19), [])).toEqual([]);
      expect(await claim(id, 'early', 19)).toBeUndefined();
      expect(await rig.answers.nextDueAt(at(12))).toEqual(at(20));
      expect(await claim(id, 'd2', 20)).toMatchObject({ attempts: 2 });
      expect(await rig.answers.handBack(id, 'd2', { availableAt: at(21), uncounted: true })).toBe(true);
      expect(await claim(id, 'd3', 21)).toMatchObject({ attempts: 2 });
      await end(jobs[1] ?? '', 22);
      expect(await rig.answers.handBack(id, 'd3', { availableAt: at(22), uncounted: true })).toBe(true);
      expect(await claim(id, 'd4', 23)).toMatchObject({ attempts: 1 });
    });

    it('are written by the holder of the lease only', async () => {
      const { id, jobs } = await asked(1);
      expect(await rig.answers.saveReply(id, { listening: 1 })).toBe(true);
      await end(jobs[0] ?? '');
      const claimed = await claim(id, 'd1');
      const revision = claimed?.revision ?? 0;
      expect(claimed?.answer.reply).toEqual({ listening: 1 });
      expect(await rig.answers.saveReply(id, { edit: 2 })).toBe(false);
      expect(await rig.answers.saveReply(id, { edit: 2 }, { owner: 'somebody' })).toBe(false);
      expect(await rig.answers.saveReply(id, { posted: 1 }, { owner: 'd1' })).toBe(true);
      const before = await rig.answers.leases();
      expect(await rig.answers.renewLease(id, { owner: 'd1', until: at(45) })).toBe(true);
      expect(await rig.answers.takeBack(before, at(44))).toEqual([]);
      const held = await rig.answers.leases();
      expect(held).toMatchObject([{ id, owner: 'd1', until: at(45) }]);
      expect(await rig.answers.claim(id, { owner: 'd2', until: at(90) }, at(46))).toBeUndefined();
      expect(await rig.answers.takeBack(held, at(46))).toEqual([id]);
      for (const lost of [
        await rig.answers.renewLease(id, { owner: 'd1', until: at(59) }),
        await rig.answers.handBack(id, 'd1', { availableAt: at(46) }),
        (await finish(id, 'd1', revision, 46)).length > 0,
        (await rig.answers.fail(id, 'd1', { revision, error: GONE }, at(46))).length > 0,
      ]) {
        expect(lost).toBe(false);
      }
      expect(await claim(id, 'd2', 46)).toMatchObject({ attempts: 2, answer: { reply: { posted: 1 } } });
      expect(await rig.answers.saveReply(randomUUID(), {})).toBe(false);
    });

    it('are kept from whoever was deposed', async () => {
      const { id, jobs } = await asked(1);
      const lead = (number: number): Promise<boolean> => rig.storage.terms.begin(number, `p${number}`, at(1));
      expect([await lead(3), await rig.answers.saveReply(id, { listening: 1 }, { term: 3 })]).toEqual([
        true,
        true,
      ]);
      await end(jobs[0] ?? '');
      expect(await lead(4)).toBe(true);
      expect(await rig.answers.saveReply(id, { edit: 2 }, { term: 3 })).toBe(false);
      const old = { owner: 'd3', until: at(40), term: 3 };
      expect(await rig.answers.claim(id, old, at(10))).toBeUndefined();
      expect(await rig.answers.claim(id, { ...old, owner: 'd4', term: 4 }, at(10))).toMatchObject({
        attempts: 1,
        answer: { reply: { listening: 1 } },
      });
    });

    it('do not wait for a time that a clock, since set back, has set', async () => {
      const { id, jobs } = await asked(1);
      await end(jobs[0] ?? '');
      await claim(id, 'd');
      await rig.answers.handBack(id, 'd', { availableAt: at(50) });
      const setBack = new Date(at(0).getTime() - 2 * 3_600_000);
      expect(await rig.answers.nextDueAt(setBack)).toBeUndefined();
      expect(await rig.answers.ready(9, setBack, [])).toEqual([id]);
      expect(await rig.answers.claim(id, { owner: 'e', until: at(9) }, setBack)).toMatchObject({
        attempts: 2,
      });
    });
  });
}
