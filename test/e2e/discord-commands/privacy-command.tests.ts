import { DiscordScene, note, wordsOf } from '../../support/discord-scene';

const HELLO = note(0);

/** What people choose for themselves with /hark privacy. */
export function describePrivacyCommand(opened: () => DiscordScene): void {
  describe('/hark privacy', () => {
    let scene: DiscordScene;
    beforeAll(() => {
      scene = opened();
    });

    it('opts out and in, lets others ask, and keeps a language', async () => {
      const user = scene.member('Pia');
      const panel = await scene.said(
        scene.slash('hark privacy', {}, user),
        'Your voice notes may be transcribed.',
      );
      expect([panel.visibleTo, wordsOf(panel.data)]).toEqual([
        user.id,
        expect.stringContaining('goes nowhere else'),
      ]);
      const shows = (words: string) => scene.server.waitFor(() => wordsOf(panel.data).includes(words));

      scene.press(panel, 'opt-out', user);
      await shows('not transcribed, except when you ask');
      expect(await scene.preferred('user', user)).toEqual({ optedOut: true });
      scene.press(panel, 'allow', user);
      await shows('Others may still ask');
      scene.press(panel, 'opt-in', user);
      await shows('may be transcribed.');
      scene.choose(panel, 'language', 'de', user);
      await scene.server.waitFor(() =>
        JSON.stringify(panel.data.components).includes('"value":"de","default":true'),
      );
      expect(await scene.preferred('user', user)).toEqual({ language: 'de' });
    });

    it("erases one's transcripts after asking once more", async () => {
      const user = scene.member('Quentin');
      const channel = scene.channel();
      await scene.prefer('channel', channel, { automatic: true });
      scene.voice(channel, user);
      const answer = await scene.answer(channel, HELLO.text);
      const panel = await scene.said(scene.slash('hark privacy', {}, user), '1 transcript of yours');
      const shows = (words: string) => scene.server.waitFor(() => wordsOf(panel.data).includes(words));

      scene.press(panel, 'erase', user);
      await shows('Go on?');
      scene.press(panel, 'show', user);
      await shows('1 transcript of yours');
      scene.press(panel, 'erase', user);
      await shows('Go on?');
      scene.press(panel, 'erase-now', user);
      await shows('1 transcript was erased.');
      await scene.server.waitFor(() => answer.deletedAt);
    });
  });
}
