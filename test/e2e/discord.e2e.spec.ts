import { MessageFlags } from 'discord.js';
import { DiscordScene, audioOf, note, wordsOf } from '../support/discord-scene';

const HELLO = note(0);
const CODE = note(1);
const GERMAN = note(2);

const file = (spoken = HELLO, more: { filename?: string; contentType?: string } = {}) => ({
  bytes: audioOf(spoken),
  filename: 'note.ogg',
  contentType: 'audio/ogg',
  ...more,
});

describe('a voice note in Discord', () => {
  let scene: DiscordScene;

  beforeAll(async () => {
    scene = await DiscordScene.open();
  }, 60_000);
  afterAll(() => scene.close());

  const automatic = async () => {
    const channel = scene.channel();
    await scene.prefer('channel', channel, { automatic: true });
    return channel;
  };

  describe('unasked', () => {
    it('is left alone, unless the channel is set to be read', async () => {
      const quiet = scene.channel();
      scene.voice(quiet, scene.anna);
      const channel = await automatic();
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
      const channel = await automatic();
      const picture = { bytes: Buffer.from('x'), filename: 'a.png', contentType: 'image/png' };
      scene.server.post({ channel, author: scene.anna, files: [file(CODE), picture, file(HELLO)] });
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
      const channel = await automatic();
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
      const channel = await automatic();
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
      const channel = await automatic();
      scene.server.dispatchTwice();
      const posted = scene.voice(channel, scene.anna);
      await scene.answer(channel, HELLO.text);
      await scene.heardEverything();
      expect(scene.server.answers(channel)).toHaveLength(1);
      const jobs = await scene.jobs();
      expect(jobs.filter(({ replyTo }) => replyTo?.message === posted.id)).toHaveLength(1);
    });
  });

  describe('asked for by a message', () => {
    it('is read in direct messages, by file, by link and by forward', async () => {
      const dm = scene.server.build.openDm(scene.anna);
      scene.voice(dm, scene.anna, CODE);
      await scene.answer(dm, CODE.text);

      const uploaded = scene.server.post({
        channel: scene.channel(),
        author: scene.ben,
        files: [file(GERMAN)],
      });
      const { url } = scene.server.read(uploaded).attachments[0] ?? { url: '' };
      const linked = scene.server.build.openDm(scene.ben);
      scene.server.post({ channel: linked, author: scene.ben, content: `please: <${url}>` });
      await scene.answer(linked, GERMAN.text);

      scene.server.forward(scene.voice(scene.channel(), scene.ben), { channel: dm, author: scene.anna });
      await scene.answer(dm, HELLO.text);
    });

    it('gets a direct message without a recording a word of help, once', async () => {
      const carla = scene.member('Carla');
      const dm = scene.server.build.openDm(carla);
      scene.server.dispatchTwice();
      scene.server.post({ channel: dm, author: carla, content: 'hello?' });
      const help = await scene.server.waitForMessage(dm, (message) =>
        wordsOf(message).includes('/transcribe'),
      );
      await scene.heardEverything();
      expect(scene.server.answers(dm)).toEqual([help]);
    });

    it('is read for a mention in a reply, as an answer to the note', async () => {
      const channel = scene.channel();
      const posted = scene.voice(channel, scene.anna);
      const ask = (author = scene.ben) =>
        scene.server.post({ channel, author, content: scene.mention('please'), replyTo: posted });
      ask();
      const answer = await scene.answer(channel, HELLO.text);
      expect(answer.data.message_reference?.message_id).toBe(posted.id);
      const [job] = await scene.jobs();
      expect(job).toMatchObject({ author: { id: scene.anna.id }, requester: { id: scene.ben.id } });

      // Asked once more, the answer is pointed at, and nothing is said twice.
      const again = ask(scene.anna);
      await scene.server.waitFor(() => scene.server.read(again).reactions?.length);
      expect(scene.server.answers(channel)).toHaveLength(1);
    });

    it('is read for a mention with a file, and for one in a reply to hark', async () => {
      const channel = scene.channel();
      scene.server.post({ channel, author: scene.anna, content: scene.mention(), files: [file(CODE)] });
      const answer = await scene.answer(channel, CODE.text);
      const again = scene.server.post({
        channel,
        author: scene.ben,
        content: scene.mention(),
        replyTo: answer,
      });
      await scene.server.waitFor(() => scene.server.read(again).reactions?.length);
    });

    it('is read once more when it could not be read before, if it still may be', async () => {
      const channel = scene.channel();
      const posted = scene.voice(channel, scene.anna);
      const ask = () =>
        scene.server.post({ channel, author: scene.ben, content: scene.mention(), replyTo: posted });
      scene.server.faults.next({ path: /^\/attachments\//, fault: { kind: 'status', status: 410 } });
      ask();
      await scene.failure(posted);
      await scene.prefer('user', scene.anna, { optedOut: true });
      ask();
      await scene.server.waitForMessage(channel, (message) => wordsOf(message).includes('asked not to be'));
      await scene.prefer('user', scene.anna, { optedOut: undefined });
      scene.server.dispatchTwice();
      ask();
      await scene.answer(channel, HELLO.text);
      await scene.heardEverything();
      const jobs = await scene.jobs();
      expect(jobs.filter(({ replyTo }) => replyTo?.message === posted.id)).toHaveLength(2);
    });

    it('is not asked for by an answer to hark, nor by a mention without anything to read', async () => {
      const channel = await automatic();
      scene.voice(channel, scene.anna);
      const answer = await scene.answer(channel, HELLO.text);
      scene.server.post({ channel, author: scene.ben, content: 'thank you', replyTo: answer });
      await scene.heardEverything();
      expect(scene.server.answers(channel)).toHaveLength(1);

      const plain = scene.server.post({ channel, author: scene.ben, content: 'just words' });
      scene.server.post({ channel, author: scene.anna, content: scene.mention(), replyTo: plain });
      await scene.server.waitForMessage(channel, (message) => wordsOf(message).includes('no recording'));
    });

    it('is refused politely, quietly and once: who opted out, who may not ask, what is too much', async () => {
      const channel = scene.channel();
      const shy = scene.member('Reserved');
      await scene.prefer('user', shy, { optedOut: true });
      const posted = scene.voice(channel, shy);
      scene.server.dispatchTwice();
      scene.server.post({ channel, author: scene.ben, content: scene.mention(), replyTo: posted });
      const refusal = await scene.server.waitForMessage(channel, (message) =>
        wordsOf(message).includes('asked not to be transcribed'),
      );
      expect(refusal.pings.users).toEqual([]);
      await scene.heardEverything();
      expect(scene.server.answers(channel)).toHaveLength(1);

      await scene.prefer('user', shy, { optedOut: true, allowRequests: true });
      scene.server.post({ channel, author: scene.ben, content: scene.mention(), replyTo: posted });
      await scene.answer(channel, HELLO.text);

      const closed = scene.channel();
      await scene.prefer('channel', closed, { whoMayAsk: 'author' });
      const other = scene.voice(closed, scene.anna);
      scene.server.post({ channel: closed, author: scene.ben, content: scene.mention(), replyTo: other });
      await scene.server.waitForMessage(closed, (message) =>
        wordsOf(message).includes('only the people who'),
      );
      scene.server.post({ channel: closed, author: scene.anna, content: scene.mention(), replyTo: other });
      await scene.answer(closed, HELLO.text);
    });
  });

  describe('that goes', () => {
    const gone = (channel: { id: string }) =>
      scene.server.waitFor(() => scene.server.answers(channel).length === 0, { what: 'the answer to go' });

    it('takes its transcript along, by deletion of one or many, of a channel or thread', async () => {
      const channel = await automatic();
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
      const channel = await automatic();
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
      const channel = await automatic();
      scene.server.deleteMessages(scene.voice(channel, scene.anna, CODE));
      scene.voice(channel, scene.anna);
      await scene.answer(channel, HELLO.text);
      await scene.heardEverything();
      expect(scene.server.answers(channel)).toHaveLength(1);
    });

    it('takes only its own part along when one of several attachments is removed', async () => {
      const channel = await automatic();
      const posted = scene.server.post({ channel, author: scene.anna, files: [file(CODE), file(HELLO)] });
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
      const channel = await automatic();
      scene.server.change.setOverwrite(channel, { deny: 1n << 11n });
      const posted = scene.voice(channel, scene.anna);
      const failed = await scene.failure(posted);
      expect(failed).toMatchObject({ text: HELLO.text, error: { code: 'permission_missing' } });
    });
  });
});
