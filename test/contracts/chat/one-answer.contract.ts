import { Reply } from '../../../src/core/answer';
import { drafted, listening, spoken } from '../../support/answers';
import { ChatRig, errorOf } from './platform-under-test';
import { SENTENCES } from './sentences';

/** An answer from its first word to its removal. */
export function describeOneAnswer(rig: ChatRig): void {
  const { report, deliver, seen, texts, signal } = rig;

  describe('one answer', () => {
    it('is posted when listening begins, and becomes the transcript', async () => {
      await report(listening());
      expect(texts()).toEqual([expect.stringContaining('Listening')]);
      await deliver(spoken('Hello Peter.'));
      expect(texts()).toEqual([expect.stringContaining('Hello Peter.')]);
      expect(texts().join()).not.toContain('Listening');
      expect(texts().join()).toContain('0:07');
    });

    it('grows with the text', async () => {
      await report(listening('One.', 0.25));
      expect(texts()).toEqual([expect.stringMatching(/One\.[^]*25/)]);
      await report(listening('One. Two.', 0.5));
      expect(texts()).toEqual([expect.stringMatching(/One\. Two\.[^]*50/)]);
      await deliver(spoken('One. Two. Three.'));
      expect(texts()).toEqual([expect.stringContaining('One. Two. Three.')]);
    });

    it('shows a draft, and its improvement in the same place', async () => {
      await report(listening());
      expect(rig.platform.canRevise(rig.answer.with([listening()]))).toBe(true);
      await report(drafted('Hello Pete.'));
      expect(texts()).toEqual([expect.stringMatching(/Hello Pete\.[^]*draft/)]);
      const edits = rig.bench.edits(rig.note);
      await report({ ...drafted('Hello Pete.'), status: 'running' });
      expect(rig.bench.edits(rig.note)).toBe(edits);
      await deliver(spoken('Hello Peter.'));
      expect(texts()).toEqual([expect.stringContaining('Hello Peter.')]);
      expect(texts().join()).not.toContain('draft');
      expect(rig.bench.notified(rig.note)).toBe(0);
    });

    it('is none to be improved where only the asker sees it', () => {
      expect(rig.platform.canRevise(rig.answer.with([{ private: true }]))).toBe(false);
    });

    it('is posted whole without a report before', async () => {
      await deliver(spoken('Hello Peter.'));
      expect(texts()).toEqual([expect.stringContaining('Hello Peter.')]);
    });

    it('does not change when it is delivered again', async () => {
      await deliver(spoken(SENTENCES.slice(0, 120).join(' ')));
      const before = seen();
      const edits = rig.bench.edits(rig.note);
      await deliver(spoken(SENTENCES.slice(0, 120).join(' ')));
      await report(spoken(SENTENCES.slice(0, 120).join(' ')));
      expect(seen()).toEqual(before);
      expect(rig.bench.edits(rig.note)).toBe(edits);
    });

    it('notifies nobody, and has buttons when it is whole', async () => {
      await report(listening());
      await deliver(spoken('Hello @everyone.'));
      expect(rig.bench.notified(rig.note)).toBe(0);
      const buttons = seen().flatMap(({ buttons }) => buttons);
      for (const label of ['Private copy', 'Try again', 'Delete']) expect(buttons).toContain(label);
      expect(new Set(buttons).size).toBe(buttons.length);
    });

    it('refuses to answer a message that is gone', async () => {
      rig.bench.removeNote(rig.note);
      const error = await errorOf(rig.platform.deliver(rig.answer.with([spoken('Hello.')]), signal));
      expect(error).toMatchObject({ name: 'HarkError', code: 'message_gone', retryable: false });
      expect(seen()).toEqual([]);
    });

    it('says which permission is missing, and does not ask for another attempt', async () => {
      rig.bench.forbid(rig.note);
      const error = await errorOf(rig.platform.deliver(rig.answer.with([spoken('Hello.')]), signal));
      expect(error).toMatchObject({ name: 'HarkError', code: 'permission_missing', retryable: false });
    });

    it('is removed whole, and removing it again does no harm', async () => {
      await deliver(spoken(SENTENCES.slice(0, 120).join(' ')));
      const { interaction: _, ...address } = rig.note.address;
      const posted = { address, reply: rig.answer.reply as Reply };
      expect(seen().length).toBeGreaterThan(0);
      await rig.platform.retract(posted);
      expect(seen()).toEqual([]);
      await rig.platform.retract(posted);
      expect(seen()).toEqual([]);
    });
  });
}
