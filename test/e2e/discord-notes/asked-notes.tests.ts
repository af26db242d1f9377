import { DiscordScene, note, uploadOf, wordsOf } from '../../support/discord-scene';

const HELLO = note(0);
const CODE = note(1);
const GERMAN = note(2);

/** What is read because a message asks for it, and what is refused. */
export function describeAskedNotes(opened: () => DiscordScene): void {
  describe('asked for by a message', () => {
    let scene: DiscordScene;
    beforeAll(() => {
      scene = opened();
    });

    it('is read in direct messages, by file, by link and by forward', async () => {
      const dm = scene.server.build.openDm(scene.anna);
      scene.voice(dm, scene.anna, CODE);
      await scene.answer(dm, CODE.text);

      const uploaded = scene.server.post({
        channel: scene.channel(),
        author: scene.ben,
        files: [uploadOf(GERMAN)],
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
      scene.server.post({ channel, author: scene.anna, content: scene.mention(), files: [uploadOf(CODE)] });
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
      scene.server.faults.next({
        path: /^\/attachments\//,
        times: 2,
        fault: { kind: 'status', status: 410 },
      });
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
      const channel = await scene.automaticChannel();
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
}
