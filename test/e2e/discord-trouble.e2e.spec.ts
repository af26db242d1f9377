import { PermissionFlagsBits as Bits } from 'discord.js';
import { DiscordHomeOptions } from '../support/discord-home';
import { DiscordScene, audioOf, note, wordsOf } from '../support/discord-scene';

const HELLO = note(0);
const CODE = note(1);
const MINUTE = 60_000;

describe('hark in a troubled Discord', () => {
  let scene: DiscordScene | undefined;
  afterEach(async () => {
    await scene?.close();
    scene = undefined;
  });

  const open = async (options: DiscordHomeOptions = {}) => (scene = await DiscordScene.open(options));
  const automatic = async (here: DiscordScene) => {
    const channel = here.channel();
    await here.prefer('channel', channel, { automatic: true });
    return channel;
  };
  const menu = (here: DiscordScene, message: { id: string }, name = 'Transcribe') =>
    here.server.useContextMenu({ name, message, user: here.ben });

  it('tells of limits briefly who has not asked, and in words who has', async () => {
    const here = await open({ variables: { RATE_LIMIT_JOBS_PER_HOUR: '1', MAX_MEDIA_BYTES: '100000' } });
    const channel = await automatic(here);
    here.voice(channel, here.anna);
    await here.answer(channel, HELLO.text);
    const second = here.voice(channel, here.anna, CODE);
    const marked = (message: { id: string }) =>
      here.server.waitFor(() => here.server.read(message).reactions?.[0]?.emoji.name);
    expect(await marked(second)).toBe('⏳');
    const large = { bytes: Buffer.alloc(200_000), filename: 'a.mp3', contentType: 'audio/mpeg' };
    expect(await marked(here.server.post({ channel, author: here.ben, files: [large] }))).toBe('⚠️');
    // When to send another one is said once; what is too large is marked and no more.
    await here.heardEverything();
    expect(here.server.answers(channel)).toHaveLength(2);

    here.server.post({ channel, author: here.anna, content: here.mention(), replyTo: second });
    await here.server.waitForMessage(channel, (message) => wordsOf(message).includes('You can ask again at'));
    await here.response(menu(here, second), CODE.text);
    const both = here.server.post({
      channel: here.channel(),
      author: here.anna,
      files: [1, 2].map(() => ({ bytes: audioOf(CODE), filename: 'a.ogg', contentType: 'audio/ogg' })),
    });
    await here.said(menu(here, both), 'which is the limit');
  });

  it('does without message content what can be done without it', async () => {
    const here = await open({ grantedIntents: [] });
    expect(here.server.gateway.closeCodes).toContain(4014);
    const admin = here.member('Admin', Bits.ManageGuild);
    const channel = here.channel();
    const settings = here.server.useSlash({ channel, user: admin, name: 'hark settings' });
    const panel = await here.said(settings, 'Settings of hark');
    here.choose(panel, 'channel:automatic', 'on', admin);
    await here.server.waitFor(() => wordsOf(panel.data).includes('message content intent is off'));

    const posted = here.voice(channel, here.anna);
    await here.response(menu(here, posted), HELLO.text);
    here.server.post({ channel, author: here.ben, content: here.mention(), replyTo: posted });
    await here.server.waitForMessage(channel, (message) => wordsOf(message).includes('I cannot see'));
    const file = { bytes: audioOf(CODE), filename: 'a.ogg', contentType: 'audio/ogg' };
    const own = { channel: here.channel(), author: here.anna, content: here.mention(), files: [file] };
    const mentioned = here.server.post(own);
    await here.answer(own.channel, CODE.text);
    const dm = here.server.build.openDm(here.anna);
    here.voice(dm, here.anna);
    await here.answer(dm, HELLO.text);

    // An edit looks as if the file was gone.
    here.server.editMessage(mentioned, 'no mention any more');
    await here.heardEverything();
    expect(here.server.answers(own.channel)).toHaveLength(1);
  });

  it('answers another way when Discord did not hear of it in time', async () => {
    const here = await open();
    const posted = here.voice(here.channel(), here.anna);
    const held = Promise.withResolvers<void>();
    const hold = () =>
      here.server.faults.next({ path: /\/callback$/, fault: { kind: 'hold', until: held.promise } });
    hold();
    menu(here, posted);
    hold();
    menu(here, posted, 'Transcribe privately');
    hold();
    const status = here.server.useSlash({ channel: posted.channelId, user: here.ben, name: 'hark status' });
    await here.server.waitFor(
      () => here.server.requests.filter(({ path }) => path.endsWith('/callback')).length === 3,
    );
    here.server.advance(3_100);
    held.resolve();
    const answer = await here.answer(posted.channelId, HELLO.text);
    expect(answer.data.message_reference?.message_id).toBe(posted.id);
    await here.answer(here.server.build.openDm(here.ben), HELLO.text);
    expect(status.acknowledgedAt).toBeUndefined();
    expect(here.server.answers(posted.channelId)).toEqual([answer]);
  });

  it('outlives the token of a command', async () => {
    const here = await open();
    const posted = here.voice(here.channel(), here.anna);
    const held = Promise.withResolvers<void>();
    here.server.faults.next({
      path: /^\/attachments\//,
      times: 2,
      fault: { kind: 'hold', until: held.promise },
    });
    const [open1, hidden] = [menu(here, posted), menu(here, posted, 'Transcribe privately')];
    const listens = (record: typeof open1) => here.said(record, 'Listening');
    await Promise.all([listens(open1), listens(hidden)]);
    here.home.clock.skip(16 * MINUTE);
    here.server.advance(16 * MINUTE);
    held.resolve();
    await here.server.waitFor(
      () => here.server.answers(posted.channelId).some(({ data }) => wordsOf(data).includes(HELLO.text)),
      { timeoutMs: 30_000 },
    );
    await here.answer(here.server.build.openDm(here.ben), HELLO.text);
  });

  it('takes the thread up again after a lost connection, in the middle of a job', async () => {
    const here = await open();
    const channel = await automatic(here);
    const held = Promise.withResolvers<void>();
    here.server.faults.next({ path: /^\/attachments\//, fault: { kind: 'hold', until: held.promise } });
    here.voice(channel, here.anna);
    await here.server.waitForMessage(channel, (message) => wordsOf(message).includes('Listening'));
    here.server.gateway.cut();
    here.voice(channel, here.ben, CODE);
    await here.server.waitFor(() => here.server.gateway.resumes === 1);
    await here.answer(channel, CODE.text);
    here.server.gateway.invalidateSession(false);
    held.resolve();
    await here.answer(channel, HELLO.text);
    await here.server.waitForLogin();
    here.server.dispatchTwice();
    here.voice(channel, here.anna, CODE);
    await here.server.waitFor(() => here.server.answers(channel).length === 3, { timeoutMs: 30_000 });
    await here.heardEverything();
    expect(here.server.answers(channel)).toHaveLength(3);
  });

  it('ends what waits for a channel that is gone with a reason, and forgets a server that it has left', async () => {
    const here = await open();
    const channel = await automatic(here);
    const held = Promise.withResolvers<void>();
    here.server.faults.next({ path: /^\/attachments\//, fault: { kind: 'hold', until: held.promise } });
    const posted = here.voice(channel, here.anna);
    await here.server.waitForMessage(channel, (message) => wordsOf(message).includes('Listening'));
    here.server.change.deleteChannel(channel);
    expect(await here.failure(posted)).toMatchObject({ error: { code: 'channel_gone' } });
    held.resolve();

    const other = await automatic(here);
    const note = here.voice(other, here.ben, CODE);
    await here.answer(other, CODE.text);
    const erased = here.erasure(note);
    here.server.change.removeBot(here.guild);
    await erased;
  });
});
