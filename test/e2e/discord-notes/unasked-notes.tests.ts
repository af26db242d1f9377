import { MessageFlags } from 'discord.js';
import { DiscordScene, note, uploadOf, wordsOf } from '../../support/discord-scene';

const HELLO = note(0);
const CODE = note(1);
const GERMAN = note(2);

/** What is read without anybody asking. */
export function describeUnaskedNotes(opened: () => DiscordScene): void {
  describe('unasked', () => {
    let scene: DiscordScene;
    beforeAll(() => {
      scene = opened();
    });

    it('is left alone, unless the channel is set to be read', async () => {
      const quiet = scene.channel();
      scene.voice(quiet, scene.anna);
      const channel = await scene.automaticChannel();
      const posted = scene.voice(channel, scene.anna);
      const answer = await scene.answer(channel, HELLO.text);

      expect(answer.data.message_reference?.message_id).toBe(posted.id);
      expect(answer.pings).toEqual({ everyone: false, users: [], roles: [] });
      expect((answer.data.flags ?? 0) & MessageFlags.SuppressNotifications).toBeTruthy();
      expect(wordsOf(answer.history[0] ?? { content: '' })).toContain('Listening');
      expect(scene.server.answers(quiet)).toEqual([]);
    });

    it('is read on a whole server, but for channels that are set otherwise', async () => {
      const [read, unread] = [scene.channel(), scene.channel()];
      await scene.prefer('server', scene.guild, { automatic: true });
      await scene.prefer('channel', unread, { automatic: false });
      scene.voice(unread, scene.anna);
      scene.voice(read, scene.anna);
      await scene.answer(read, HELLO.text);
      await scene.prefer('server', scene.guild, { automatic: undefined });
      expect(scene.server.answers(unread)).toEqual([]);
    });

    it('is one answer with all its attachments in order, pictures left out', async () => {
      const channel = await scene.automaticChannel();
      const picture = { bytes: Buffer.from('x'), filename: 'a.png', contentType: 'image/png' };
      scene.server.post({ channel, author: scene.anna, files: [uploadOf(CODE), picture, uploadOf(HELLO)] });
      const answer = await scene.server.waitForMessage(
        channel,
        (message) => [CODE.text, HELLO.text].every((text) => wordsOf(message).includes(text)),
        { timeoutMs: 30_000 },
      );
      const words = wordsOf(answer.data);
      expect(words.indexOf(CODE.text)).toBeLessThan(words.indexOf(HELLO.text));
      expect(words).toMatch(/Recording 1 of 2[^]*Recording 2 of 2/);
      expect(scene.server.answers(channel)).toHaveLength(1);
    });

    it('is read when it was forwarded, in threads, and in a language that was chosen for the channel', async () => {
      const channel = await scene.automaticChannel();
      await scene.prefer('channel', channel, { language: 'de' });
      const thread = scene.server.build.addThread(channel, 'aside', scene.anna);
      const original = scene.voice(scene.channel(), scene.ben, GERMAN);
      scene.server.forward(original, { channel: thread, author: scene.anna });
      await scene.answer(thread, GERMAN.text);
      const [job] = await scene.jobs();
      expect(job).toMatchObject({
        author: { id: scene.ben.id },
        requester: { id: scene.anna.id },
        options: { language: 'de' },
        replyTo: { channel: channel.id, thread: thread.id },
      });
    });

    it("is left alone when its speaker opted out, also in somebody else's forward", async () => {
      const channel = await scene.automaticChannel();
      const shy = scene.member('Shy');
      await scene.prefer('user', shy, { optedOut: true });
      const own = scene.voice(channel, shy);
      scene.server.forward(own, { channel, author: scene.anna });
      await scene.heardEverything();
      scene.voice(channel, scene.anna, CODE);
      await scene.answer(channel, CODE.text);
      expect(scene.server.answers(channel)).toHaveLength(1);
    });

    it('is one job and one answer, however often it arrives', async () => {
      const channel = await scene.automaticChannel();
      scene.server.dispatchTwice();
      const posted = scene.voice(channel, scene.anna);
      await scene.answer(channel, HELLO.text);
      await scene.heardEverything();
      expect(scene.server.answers(channel)).toHaveLength(1);
      const jobs = await scene.jobs();
      expect(jobs.filter(({ replyTo }) => replyTo?.message === posted.id)).toHaveLength(1);
    });
  });
}
