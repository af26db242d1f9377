import { spoken } from '../../support/job-stages';
import { answersRig, at, channel } from './answers-under-test';
import { StorageUnderTest } from './storage-under-test';

/** What an answer shows, and where it goes. */
export function describeAnswerContents(under: StorageUnderTest): void {
  describe('answers', () => {
    const rig = answersRig(under);
    const { asked, end, claim, finish } = rig;

    it('show what has been heard of notes that are still being read', async () => {
      const { id, jobs } = await asked(2);
      const [first = '', second = ''] = jobs;
      await end(first);
      const segments = [{ start: 0, end: 2, text: ' So far', confidence: 1, language: 'en' }];
      await rig.storage.jobs.savePiece(second, second, {
        index: 0,
        segments,
        progress: 0.5,
        media: { seconds: 2 },
      });
      const parts = (await rig.answers.find(id))?.parts ?? [];
      expect(parts.map(({ transcript }) => transcript?.text)).toEqual([spoken().transcript.text, 'So far']);
      expect(parts[1]?.transcript).toEqual({
        text: 'So far',
        language: 'en',
        languageDetected: true,
        segments,
        seconds: 2,
      });
    });

    it('keep the token of an interaction as long as it is needed, and in one place', async () => {
      const interaction = { id: 'i', token: 'secret-token', expiresAt: at(55), ephemeral: true };
      const { id, jobs } = await asked(2, { ...channel('c'), interaction });
      const [first = '', second = ''] = jobs;
      await end(first);
      await finish(id, 'd1', (await claim(id, 'd1'))?.revision ?? 0);
      expect((await rig.answers.find(id))?.address.interaction).toEqual(interaction);
      await end(second);
      await finish(id, 'd2', (await claim(id, 'd2'))?.revision ?? 0);
      expect((await rig.answers.find(id))?.address).not.toHaveProperty('interaction');
      expect((await rig.storage.jobs.find(first))?.replyTo).not.toHaveProperty('interaction');
    });

    it('remember a new address', async () => {
      const { id } = await asked(1);
      const address = { platform: 'discord', channel: 'dm', locale: 'de' };
      await rig.answers.saveAddress(id, address);
      expect((await rig.answers.find(id))?.address).toEqual(address);
    });
  });
}
