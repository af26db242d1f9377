import { failed, listening, spoken } from '../../support/answers';
import { ChatRig } from './platform-under-test';

/** One answer to several notes of one message. */
export function describeSeveralNotes(rig: ChatRig): void {
  const { report, deliver, texts } = rig;

  describe('several notes in one message', () => {
    it('are shown in order, with the reason of the one that could not be read', async () => {
      const gone = failed('media_no_audio', 'The file has no sound.');
      await report(spoken('First words.'), listening(), listening());
      await deliver(spoken('First words.'), gone, listening());
      expect(texts().join('\n')).toMatch(/First words\.[^]*no sound[^]*Listening/);
      await deliver(spoken('First words.'), gone, spoken('Third words.'));
      expect(texts().join('\n')).toMatch(
        /1 of 3[^]*First words\.[^]*2 of 3[^]*no sound[^]*3 of 3[^]*Third words\./,
      );
      expect(texts().join('\n')).not.toContain('Listening');
    });
  });
}
