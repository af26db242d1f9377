import { PermissionFlagsBits as Bits } from 'discord.js';
import { JobQueue } from '../../src/core/job-queue';
import { JobStore } from '../../src/core/job-store';
import { DiscordScene, controlsOf, note, wordsOf } from '../support/discord-scene';
import { readContent } from '../support/discord-reader';
import { spoken } from '../support/job-stages';
import { newJob } from '../support/new-job';
import { InteractionRecord } from '../support/discord-server/state/interaction-desk';
import { StoredMessage } from '../support/discord-server/state/message-board';
import { Ref, idOf } from '../support/discord-server/state/snowflakes';

const HELLO = note(0);
const CODE = note(1);
const READ = Bits.ViewChannel | Bits.ReadMessageHistory;

describe('/find in Discord', () => {
  let scene: DiscordScene;
  beforeAll(async () => {
    scene = await DiscordScene.open();
  }, 60_000);
  afterAll(() => scene.close());

  const asks = (user: Ref, words: string, channel: Ref = scene.channel()): InteractionRecord =>
    scene.server.useSlash({ channel, user, name: 'find', options: { words } });
  const found = (user: Ref, words: string, channel?: Ref): Promise<StoredMessage> =>
    scene.said(asks(user, words, channel), 'Found for');
  const nothing = async (user: Ref, words: string, channel?: Ref): Promise<void> => {
    const said = await scene.said(asks(user, words, channel), 'has all these words');
    expect(controlsOf(said.data)).toEqual([]);
  };
  /** A note that was read by hark's own engine, and its answer. */
  const read = async (channel: Ref, spoken = HELLO, by: Ref = scene.anna): Promise<StoredMessage> => {
    await scene.prefer('channel', channel, { automatic: true });
    const posted = scene.voice(channel, by, spoken);
    await scene.answer(channel, spoken.text);
    await scene.done(posted);
    return posted;
  };
  /** An answer that is posted as if these words had been heard. */
  const heard = async (text: string, channel: Ref, thread?: Ref, by: Ref = scene.anna): Promise<void> => {
    const jobs = scene.home.app.get(JobStore, { strict: false });
    const posted = scene.server.post({ channel: thread ?? channel, author: by, content: 'listen' });
    const replyTo = {
      platform: 'discord',
      workspace: scene.guild.id,
      channel: idOf(channel),
      ...(thread && { thread: idOf(thread) }),
      message: posted.id,
    };
    const { job } = await jobs.add(newJob({ user: idOf(by), replyTo }));
    await jobs.claim(job.id, { owner: 'test', until: new Date(Date.now() + 60_000) }, new Date());
    await jobs.finish(job.id, 'test', spoken(text), new Date());
    scene.home.app.get(JobQueue, { strict: false }).wake('delivery');
    await scene.done(posted);
  };
  const requests = (): number =>
    scene.server.requests.filter(({ method, path }) => method === 'GET' && /guilds|threads?/.test(path))
      .length;

  it('finds nothing of a channel for who has no access to it, and the same for who has', async () => {
    const closed = scene.channel();
    const [insider, outsider] = [scene.member('Insider'), scene.member('Outsider')];
    scene.server.change.setOverwrite(closed, { deny: READ, user: outsider });
    const posted = await read(closed);
    await nothing(outsider, 'flowers');
    const shown = await found(insider, 'FLOWERS peter');
    expect(shown.visibleTo).toBe(insider.id);
    const { text, marks } = readContent(shown.data.content);
    expect(text).toContain('bring three white flowers');
    expect(shown.data.content).toMatch(/\*\*Peter\*\*.*\*\*flowers\*\*/);
    expect(shown.data.content).toContain(
      `<https://discord.com/channels/${scene.guild.id}/${closed.id}/${posted.id}>`,
    );
    expect(shown.data.content).toMatch(/\*\*Anna\*\* · <t:\d+:f>.* · at 0:0\d · /);
    expect(marks).toContain('mention');

    // Whoever loses or gains access finds what they see then.
    scene.server.change.setOverwrite(closed, { deny: Bits.ReadMessageHistory, user: insider });
    await nothing(insider, 'flowers');
    scene.server.change.setOverwrite(closed, { allow: READ, user: outsider });
    await found(outsider, 'flowers');
  });

  it('asks Discord anew: what its gateway has not told counts, too', async () => {
    const channel = scene.channel();
    const user = scene.member('Late');
    await read(channel, CODE);
    await found(user, 'eleven');
    const place = scene.server.world.channel(channel.id) as { permission_overwrites?: object[] };
    place.permission_overwrites = [{ id: user.id, type: 1, allow: '0', deny: READ.toString() }];
    await nothing(user, 'eleven');
  });

  it('finds what is in private threads for their members, and for moderators', async () => {
    const channel = scene.channel();
    const [member, stranger, moderator] = [
      scene.member('Threaded'),
      scene.member('Stranger'),
      scene.member('Moderator', Bits.ManageThreads),
    ];
    const { build, change, world } = scene.server;
    const hidden = build.addThread(channel, 'secret', scene.anna, true, [world.bot, member]);
    const open = build.addThread(channel, 'aside', scene.anna);
    await heard('the zebra sleeps', channel, hidden);
    await heard('a walrus sings', channel, open);
    for (const user of [member, moderator]) {
      const shown = await found(user, 'zebra');
      expect(shown.data.content).toContain(`/${hidden.id}/`);
    }
    await nothing(stranger, 'zebra');
    for (const user of [member, stranger]) await found(user, 'walrus');
    change.setThreadMember(hidden, member, false);
    await nothing(member, 'zebra');
  });

  it('finds what is private for its owner only, and nothing of another server', async () => {
    const channel = scene.channel();
    const [asker, other] = [scene.member('Secretive'), scene.member('Other')];
    const posted = scene.voice(channel, scene.anna, CODE);
    const menu = scene.server.useContextMenu({ name: 'Transcribe privately', message: posted, user: asker });
    await scene.response(menu, CODE.text);
    await scene.done(posted);
    const [job] = (await scene.jobs()).filter(({ requester }) => requester.id === asker.id);
    expect(job?.private).toBe(true);
    const mine = await found(asker, 'code eleven two');
    expect(mine.data.content).toContain(posted.id);
    const theirs = await scene.server.waitForInteractionResponse(asks(other, 'code eleven two'), () => true);
    expect(theirs.data.content).not.toContain(posted.id);

    const elsewhere = scene.server.build.addGuild('Elsewhere');
    const room = scene.server.build.addTextChannel(elsewhere, 'lounge');
    scene.server.build.addMember(elsewhere, asker);
    await nothing(asker, 'code eleven two', room);
    const direct = scene.server.build.openDm(asker);
    await nothing(asker, 'code', direct);
    scene.voice(direct, asker, HELLO);
    await scene.answer(direct, HELLO.text);
    await found(asker, 'flowers', direct);
    await nothing(asker, 'flowers', room);
  });

  it('shows page by page, escapes what was said, and asks little', async () => {
    const channel = scene.channel();
    const user = scene.member('Reader');
    for (let index = 0; index < 7; index++)
      await heard(`penguin ${index} @everyone <@${user.id}> **[x](https://evil.example)** \``, channel);
    const before = requests();
    const shown = await found(user, 'penguin');
    expect(requests() - before).toBeLessThan(5);
    const { text, marks } = readContent(shown.data.content);
    expect(text.match(/penguin \d/g)).toEqual([
      'penguin 6',
      'penguin 5',
      'penguin 4',
      'penguin 3',
      'penguin 2',
    ]);
    expect(shown.data.content.length).toBeLessThanOrEqual(2_000);
    expect(marks.filter((mark) => ['code', 'heading'].includes(mark))).toEqual([]);
    expect(shown.data.content).not.toMatch(/(?<!\\)\]\(https/);
    expect(shown.pings).toEqual(expect.objectContaining({ everyone: false, users: [] }));
    scene.press(shown, 'hark-find', user);
    await scene.server.waitFor(() => wordsOf(shown.data).includes('penguin 0'));
    expect(wordsOf(shown.data)).not.toContain('penguin 2');
    expect(controlsOf(shown.data)).toEqual([]);
  });

  it('finds nothing of who has opted out, of what is erased, and of nonsense', async () => {
    const channel = scene.channel();
    const [shy, other] = [scene.member('Shy'), scene.member('Curious')];
    await heard('an ocelot', channel, undefined, shy);
    await found(other, 'ocelot');
    await scene.prefer('user', shy, { optedOut: true });
    await nothing(other, 'ocelot');
    await found(shy, 'ocelot');
    await scene.said(asks(other, '***'), 'word');
    const foreign = scene.server.build.addGuild('Foreign', { bot: false, owner: other });
    scene.server.world.person(other.id).appInstalled = true;
    const room = scene.server.build.addTextChannel(foreign, 'den');
    await scene.said(asks(other, 'ocelot', room), 'only where I am a member');
  });

  it('does not look without end for one person', async () => {
    const user = scene.member('Eager');
    const channel = scene.channel();
    for (let index = 0; index < 20; index++) await nothing(user, 'unheard', channel);
    await scene.said(asks(user, 'unheard', channel), 'too many');
  });
});
