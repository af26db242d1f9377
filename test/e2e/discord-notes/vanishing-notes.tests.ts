import { DiscordScene, note, uploadOf, wordsOf } from '../../support/discord-scene';

const HELLO = note(0);
const CODE = note(1);

/** What becomes of the transcript when its note goes. */
export function describeVanishingNotes(opened: () => DiscordScene): void {
  describe('that goes', () => {
    let scene: DiscordScene;
    beforeAll(() => {
      scene = opened();
    });

    const gone = (channel: { id: string }) =>
      scene.server.waitFor(() => scene.server.answers(channel).length === 0, { what: 'the answer to go' });

    it('takes its transcript along, by deletion of one or many, of a channel or thread', async () => {
      const channel = await scene.automaticChannel();
      const first = scene.voice(channel, scene.anna);
      await scene.answer(channel, HELLO.text);
      scene.server.deleteMessages(first);
      await gone(channel);

      const more = [scene.voice(channel, scene.anna, CODE), scene.voice(channel, scene.ben)];
      await scene.answer(channel, CODE.text);
      await scene.answer(channel, HELLO.text);
      scene.server.deleteMessages(...more);
      await gone(channel);

      const thread = scene.server.build.addThread(channel, 'aside', scene.anna);
      scene.voice(thread, scene.anna);
      await scene.answer(thread, HELLO.text);
      scene.server.change.deleteChannel(thread);
      scene.voice(channel, scene.ben, CODE);
      await scene.answer(channel, CODE.text);
      scene.server.change.deleteChannel(channel);
      await scene.heardEverything();
      const left = (await scene.jobs()).filter(({ replyTo }) => replyTo?.channel === channel.id);
      expect(left).toEqual([]);
    });

    it('leaves it where the server wants it kept', async () => {
      const channel = await scene.automaticChannel();
      await scene.prefer('server', scene.guild, { eraseWithMessage: false });
      scene.server.deleteMessages(scene.voice(channel, scene.anna, CODE));
      const posted = scene.voice(channel, scene.ben);
      await scene.answer(channel, HELLO.text);
      scene.server.deleteMessages(posted);
      await scene.heardEverything();
      await scene.prefer('server', scene.guild, { eraseWithMessage: undefined });
      expect(scene.server.answers(channel)).toHaveLength(1);
    });

    it('leaves nothing behind when it goes at once', async () => {
      const channel = await scene.automaticChannel();
      scene.server.deleteMessages(scene.voice(channel, scene.anna, CODE));
      scene.voice(channel, scene.anna);
      await scene.answer(channel, HELLO.text);
      await scene.heardEverything();
      expect(scene.server.answers(channel)).toHaveLength(1);
    });

    it('takes only its own part along when one of several attachments is removed', async () => {
      const channel = await scene.automaticChannel();
      const posted = scene.server.post({
        channel,
        author: scene.anna,
        files: [uploadOf(CODE), uploadOf(HELLO)],
      });
      const both = (message: { content: string }) =>
        wordsOf(message).includes(CODE.text) && wordsOf(message).includes(HELLO.text);
      await scene.server.waitForMessage(channel, both, { timeoutMs: 30_000 });
      scene.server.removeAttachment(posted, posted.data.attachments[0] ?? '');
      const rest = await scene.server.waitForMessage(
        channel,
        (message) => wordsOf(message).includes(HELLO.text) && !wordsOf(message).includes(CODE.text),
      );
      scene.server.editMessage(posted, 'with a word');
      await scene.heardEverything();
      expect(scene.server.answers(channel)).toEqual([rest]);
      scene.server.removeAttachment(posted, posted.data.attachments[0] ?? '');
      await gone(channel);
    });

    it('ends with a reason where hark may not write any more', async () => {
      const channel = await scene.automaticChannel();
      scene.server.change.setOverwrite(channel, { deny: 1n << 11n });
      const posted = scene.voice(channel, scene.anna);
      const failed = await scene.failure(posted);
      expect(failed).toMatchObject({ text: HELLO.text, error: { code: 'permission_missing' } });
    });
  });
}
