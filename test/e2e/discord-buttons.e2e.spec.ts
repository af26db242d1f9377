import { PermissionFlagsBits as Bits } from 'discord.js';
import { JobControlService } from '../../src/core/job-control.service';
import { auditedBy } from '../support/audit';
import { DiscordScene, audioOf, controlsOf, note, wordsOf } from '../support/discord-scene';

const HELLO = note(0);
const CODE = note(1);
const GERMAN = note(2);

describe('the buttons under an answer in Discord', () => {
  let scene: DiscordScene;

  beforeAll(async () => {
    scene = await DiscordScene.open();
  }, 60_000);
  afterAll(async () => {
    const stuck = scene.server.stuckInteractions();
    await scene.close();
    expect(stuck).toEqual([]);
  });

  const answered = async (spoken = HELLO, author = scene.anna) => {
    const channel = scene.channel();
    await scene.prefer('channel', channel, { automatic: true });
    const posted = scene.voice(channel, author, spoken);
    return { channel, posted, answer: await scene.answer(channel, spoken.text) };
  };

  it('give a private copy, and the words with their times and without', async () => {
    const { answer } = await answered();
    const copy = await scene.said(scene.press(answer, 'private-copy', scene.ben), HELLO.text);
    expect([copy.visibleTo, controlsOf(copy.data)]).toEqual([scene.ben.id, []]);

    const fileFor = async (kind: string) => {
      const pressed = scene.press(answer, kind, scene.ben);
      const { data, visibleTo } = await scene.server.waitForInteractionResponse(pressed);
      expect(visibleTo).toBe(scene.ben.id);
      const [file] = data.attachments;
      return [file?.filename, scene.server.fileOf(file ?? '').toString()];
    };
    const [srt, times] = await fileFor(':srt:');
    expect([srt, times]).toEqual(['transcript.srt', expect.stringContaining(' --> ')]);
    expect(await fileFor(':txt:')).toEqual(['transcript.txt', expect.stringContaining(HELLO.text)]);
  });

  it('give a long text as a file', async () => {
    const channel = scene.channel();
    const posted = scene.voice(channel, scene.anna);
    const text = Array.from({ length: 1_500 }, (_, at) => `word${at}`).join(' ');
    await scene.deliver(channel, posted, text);
    const answer = await scene.answer(channel, 'word1 ');
    const pressed = scene.press(answer, 'private-copy', scene.anna);
    const copy = await scene.said(pressed, 'The whole text is in');
    expect(
      scene.server
        .fileOf(copy.data.attachments[0] ?? '')
        .toString()
        .trim(),
    ).toBe(text);
  });

  it('translate, for whoever asks alone', async () => {
    const { channel, answer } = await answered(GERMAN);
    scene.server.dispatchTwice();
    const pressed = scene.press(answer, 'translate', scene.ben);
    const english = await scene.response(pressed, GERMAN.english ?? '');
    expect(english.visibleTo).toBe(scene.ben.id);
    expect(wordsOf(english.data)).toContain('translated to English');
    expect(wordsOf(answer.data)).toContain(GERMAN.text);
    expect(scene.server.answers(channel)).toHaveLength(1);
    await scene.heardEverything();
    const translations = (await scene.jobs()).filter(
      ({ options, replyTo }) => options.translate && replyTo?.channel === channel.id,
    );
    expect(translations).toHaveLength(1);
  });

  it('read once more, in another language or with another model, once for each wish', async () => {
    const { channel, posted, answer } = await answered(GERMAN);
    const panel = await scene.said(scene.press(answer, 'try-again', scene.ben), 'Try again');
    expect(panel.visibleTo).toBe(scene.ben.id);
    expect(JSON.stringify(panel.data.components)).toMatch(
      /Find out by itself[^]*"value":"de"[^]*"value":"demo"/,
    );

    scene.server.dispatchTwice();
    scene.choose(panel, 'retry-language', 'en', scene.ben);
    await scene.server.waitFor(() => wordsOf(panel.data).includes('Listening once more'));
    expect(controlsOf(panel.data)).toEqual([]);
    const jobs = async () => (await scene.jobs()).filter(({ replyTo }) => replyTo?.message === posted.id);
    await scene.server.waitFor(() => !wordsOf(answer.data).includes(GERMAN.text), { timeoutMs: 20_000 });
    await scene.heardEverything();
    expect(await jobs()).toMatchObject([
      { requester: { id: scene.ben.id }, options: { language: 'en' }, fresh: true },
      { requester: { id: scene.anna.id }, options: { language: 'auto' } },
    ]);

    await scene.server.waitFor(() => controlsOf(answer.data).some((id) => id.includes('try-again')));
    const more = await scene.said(scene.press(answer, 'try-again', scene.anna), 'Try again');
    scene.choose(more, 'retry-language', 'auto', scene.anna);
    await scene.server.waitFor(() => wordsOf(answer.data).includes(GERMAN.text), { timeoutMs: 20_000 });
    const third = await scene.said(scene.press(answer, 'try-again', scene.anna), 'Try again');
    scene.choose(third, 'retry-model', 'demo', scene.anna);
    await scene.server.waitFor(() => wordsOf(third.data).includes('Listening once more'));
    await scene.server.waitFor(() => controlsOf(answer.data).some((id) => id.includes('try-again')));
    expect((await jobs())[0]).toMatchObject({ options: { model: 'demo' } });
    expect(scene.server.answers(channel)).toEqual([answer]);
  });

  it('refuse to read once more what may not be read any more', async () => {
    const { answer } = await answered();
    await scene.prefer('user', scene.anna, { optedOut: true });
    const panel = await scene.said(scene.press(answer, 'try-again', scene.ben), 'Try again');
    const chosen = scene.choose(panel, 'retry-language', 'en', scene.ben);
    await scene.server.waitFor(() => chosen.followUpIds.length);
    await scene.prefer('user', scene.anna, { optedOut: undefined });
    expect(wordsOf(answer.data)).toContain(HELLO.text);
  });

  it('delete, for the speaker, whoever asked and moderators', async () => {
    const first = await answered();
    const refused = scene.press(first.answer, 'delete', scene.ben);
    await scene.server.waitFor(() => refused.followUpIds.length);
    const [sentence] = scene.server
      .messages(first.channel, { ephemeral: true })
      .filter(({ visibleTo }) => visibleTo === scene.ben.id);
    expect(wordsOf(sentence?.data ?? { content: '' })).toContain('Only the person who spoke');
    expect(first.answer.deletedAt).toBeUndefined();

    scene.press(first.answer, 'delete', scene.anna);
    await scene.server.waitFor(() => first.answer.deletedAt);
    const second = await answered(CODE);
    const moderator = scene.member('Moderator', Bits.ManageMessages);
    scene.press(second.answer, 'delete', moderator);
    await scene.server.waitFor(() => second.answer.deletedAt);
    // What Anna did to her own words is nobody's business.
    expect(await auditedBy(scene.home.app, 'moderation.erase', 2)).toMatchObject([
      { actor: `discord:${scene.ben.id}`, outcome: 'refused', code: 'forbidden' },
      { actor: `discord:${moderator.id}`, outcome: 'done', target: expect.any(String) },
    ]);
    const ids = [first.posted.id, second.posted.id];
    expect((await scene.jobs()).filter(({ replyTo }) => ids.includes(replyTo?.message ?? ''))).toEqual([]);
  });

  it('delete what only the user sees, too', async () => {
    const posted = scene.voice(scene.channel(), scene.anna);
    const asked = scene.server.useContextMenu({
      name: 'Transcribe privately',
      message: posted,
      user: scene.ben,
    });
    const answer = await scene.response(asked, HELLO.text);
    expect(controlsOf(answer.data).join()).not.toContain('private-copy');
    scene.press(answer, 'delete', scene.ben);
    await scene.server.waitFor(() => answer.deletedAt);
  });

  it('say so when the transcript is gone', async () => {
    const { answer, posted } = await answered();
    const [job] = (await scene.jobs()).filter(({ replyTo }) => replyTo?.message === posted.id);
    scene.server.faults.next({
      method: 'DELETE',
      path: /\/messages\//,
      times: 50,
      fault: { kind: 'status', status: 500 },
    });
    await scene.home.app.get(JobControlService, { strict: false }).erase(job?.id ?? '');
    await scene.said(scene.press(answer, 'private-copy', scene.ben), 'was erased');
    await scene.said(scene.press(answer, 'try-again', scene.ben), 'was erased');
    const late = scene.press(answer, 'delete', scene.anna);
    await scene.server.waitFor(() => late.followUpIds.length);
    scene.server.faults.clear();
  });

  it('work on several recordings at once', async () => {
    const channel = scene.channel();
    const files = [CODE, GERMAN].map((spoken) => ({
      bytes: audioOf(spoken),
      filename: spoken.file,
      contentType: 'audio/ogg',
    }));
    scene.server.post({ channel, author: scene.anna, content: scene.mention(), files });
    const answer = await scene.server.waitForMessage(
      channel,
      (message) => [CODE, GERMAN].every(({ text }) => wordsOf(message).includes(text)),
      { timeoutMs: 30_000 },
    );
    const texts = await scene.server.waitForInteractionResponse(scene.press(answer, ':txt:', scene.ben));
    expect(texts.data.attachments.map(({ filename }) => filename)).toEqual([
      'transcript-1.txt',
      'transcript-2.txt',
    ]);
    const english = await scene.response(scene.press(answer, 'translate', scene.ben), GERMAN.english ?? '');
    expect(english.visibleTo).toBe(scene.ben.id);
  });
});
