import { DiscordScene, audioOf, note, uploadOf, wordsOf } from '../../support/discord-scene';

const HELLO = note(0);
const CODE = note(1);

/** The commands in the menu of a message. */
export function describeMessageMenu(opened: () => DiscordScene): void {
  describe('the menu', () => {
    let scene: DiscordScene;
    beforeAll(() => {
      scene = opened();
    });

    const menu = (message: { id: string }, user = scene.ben, name = 'Transcribe') =>
      scene.server.useContextMenu({ name, message, user });

    it("reads anybody's message, and again for one alone", async () => {
      const posted = scene.voice(scene.channel(), scene.anna);
      const first = await scene.response(menu(posted), HELLO.text);
      expect(first.data.message_reference?.message_id).toBe(posted.id);
      const secret = await scene.response(menu(posted, scene.anna, 'Transcribe privately'), HELLO.text);
      expect(secret.visibleTo).toBe(scene.anna.id);
    });

    it('reads several attachments as one answer, and says when there is nothing to read', async () => {
      const channel = scene.channel();
      const posted = scene.server.post({
        channel,
        author: scene.anna,
        files: [uploadOf(CODE), uploadOf(HELLO)],
      });
      const asked = menu(posted);
      const both = await scene.server.waitForInteractionResponse(
        asked,
        (message) => wordsOf(message).includes(CODE.text) && wordsOf(message).includes(HELLO.text),
        { timeoutMs: 30_000 },
      );
      expect(wordsOf(both.data).indexOf(CODE.text)).toBeLessThan(wordsOf(both.data).indexOf(HELLO.text));
      await scene.said(
        menu(scene.server.post({ channel, author: scene.anna, content: 'words' })),
        'no recording',
      );
    });

    it('refuses for who opted out, in place of "thinking…"', async () => {
      const shy = scene.member('Shy');
      await scene.prefer('user', shy, { optedOut: true });
      await scene.said(menu(scene.voice(scene.channel(), shy)), 'asked not to be transcribed');
    });

    it('reads where hark is no member, and forwards', async () => {
      const bea = scene.server.build.addUser('Bea', { appInstalled: true });
      const foreign = scene.server.build.addGuild('Elsewhere', { bot: false, owner: bea });
      const room = scene.server.build.addTextChannel(foreign, 'lounge');
      const posted = scene.server.postVoiceMessage({ channel: room, author: bea, audio: audioOf(CODE) });
      await scene.response(menu(posted, bea), CODE.text);

      const forwarded = scene.server.forward(posted, { channel: scene.channel(), author: scene.anna });
      await scene.response(menu(forwarded), CODE.text);
    });

    it('is one job when it arrives twice', async () => {
      const posted = scene.voice(scene.channel(), scene.anna, CODE);
      scene.server.dispatchTwice();
      await scene.response(menu(posted), CODE.text);
      await scene.heardEverything();
      const jobs = await scene.jobs();
      expect(jobs.filter(({ replyTo }) => replyTo?.message === posted.id)).toHaveLength(1);
    });

    it('takes the answer along when the message goes', async () => {
      const posted = scene.voice(scene.channel(), scene.anna, CODE);
      const answer = await scene.response(menu(posted), CODE.text);
      scene.server.deleteMessages(posted);
      await scene.server.waitFor(() => answer.deletedAt);
    });
  });
}
