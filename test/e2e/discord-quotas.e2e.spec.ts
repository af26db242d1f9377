import { APIUser, PermissionFlagsBits as Bits } from 'discord.js';
import { DiscordScene, controlsOf, note, wordsOf } from '../support/discord-scene';
import { StoredMessage } from '../support/discord-server/state/message-board';

const HELLO = note(0);
const HOUR_LATER = /<t:(\d+):t> \(<t:\1:R>\)/;

describe('limits in Discord', () => {
  let scene: DiscordScene;
  let admin: APIUser;
  beforeAll(async () => {
    scene = await DiscordScene.open({
      variables: { RATE_LIMIT_JOBS_PER_HOUR: '1', RATE_LIMIT_ACTIVE_JOBS: '1' },
    });
    admin = scene.member('Admin', Bits.ManageGuild);
  }, 60_000);
  afterAll(() => scene.close());

  const ask = (message: { id: string }, user: APIUser) =>
    scene.server.useContextMenu({ name: 'Transcribe', message, user });
  const openLimits = async (): Promise<StoredMessage> => {
    const channel = scene.channel();
    const asked = scene.server.useSlash({ channel, user: admin, name: 'hark settings' });
    const panel = await scene.said(asked, 'Settings of hark');
    scene.press(panel, 'limits:members:show', admin);
    await shows(panel, 'Each member');
    return panel;
  };
  const shows = (panel: StoredMessage, words: string) =>
    scene.server.waitFor(() => wordsOf(panel.data).includes(words), { what: words });
  const forgetLimits = () => scene.prefer('server', scene.guild, { quota: undefined });

  it('tell who has used theirs up when they may ask again, by their own clock', async () => {
    const user = scene.member('Greedy');
    const before = Math.floor(Date.now() / 1000);
    await scene.response(ask(scene.voice(scene.channel(), user), user), HELLO.text);
    const refused = await scene.said(ask(scene.voice(scene.channel(), user), user), 'You can ask again at');
    const [, at = 0] = HOUR_LATER.exec(refused.data.content) ?? [];
    expect(Number(at) - before).toBeGreaterThan(3_500);
    expect(Number(at) - before).toBeLessThan(3_700);
  });

  it('tell the author of a note that nobody asked for once, and mark every other one', async () => {
    const user = scene.member('Chatty');
    const channel = scene.channel();
    await scene.prefer('channel', channel, { automatic: true });
    scene.voice(channel, user);
    await scene.answer(channel, HELLO.text);
    const [second, third] = [scene.voice(channel, user), scene.voice(channel, user)];
    for (const message of [second, third]) {
      await scene.server.waitFor(() => message.data.reactions?.some(({ emoji }) => emoji.name === '⏳'));
    }
    await scene.heardEverything();
    const told = scene.server.answers(channel).filter(({ data }) => data.content.includes('ask again'));
    expect(told).toHaveLength(1);
    expect(told[0]?.data.content).toMatch(HOUR_LATER);
  });

  it('are set for members, roles and people in the panel, and hold for them', async () => {
    const [staff, guest] = [scene.member('Staff', 0n), scene.member('Guest')];
    const role = scene.guild.data.roles.find(({ name }) => name === 'role of Staff');
    const panel = await openLimits();
    scene.server.chooseMention(panel, scene.control(panel, 'limits:pick'), role ?? '', admin);
    await shows(panel, `<@&${role?.id}>`);
    scene.choose(panel, `role-${role?.id}:jobsPerHour`, '5', admin);
    await shows(panel, 'Transcripts in an hour: 5');
    scene.server.chooseMention(panel, scene.control(panel, 'limits:pick'), guest, admin);
    await shows(panel, `· <@${guest.id}>`);
    scene.choose(panel, `user-${guest.id}:jobsPerHour`, '0', admin);
    await shows(panel, 'no limit');
    expect(await scene.preferred('server', scene.guild)).toEqual({
      quota: {
        exceptions: [
          { role: role?.id, limits: { jobsPerHour: 5 } },
          { user: guest.id, limits: { jobsPerHour: 0 } },
        ],
      },
    });
    for (const user of [staff, guest]) {
      for (let time = 0; time < 3; time++)
        await scene.response(ask(scene.voice(scene.channel(), user), user), HELLO.text);
    }
    scene.choose(panel, `user-${guest.id}:jobsPerHour`, 'usual', admin);
    await shows(panel, 'Transcripts in an hour: As usual: 1');
    await scene.said(ask(scene.voice(scene.channel(), guest), guest), 'You can ask again at');
    await forgetLimits();
  });

  it('of the whole server and of a channel hold for all together', async () => {
    const panel = await openLimits();
    scene.press(panel, 'limits:server:show', admin);
    await shows(panel, 'All together');
    scene.choose(panel, 'server:jobsPerHour', '1', admin);
    await shows(panel, 'Transcripts in an hour: 1');
    const late = scene.member('Late');
    const refused = await scene.said(
      ask(scene.voice(scene.channel(), late), late),
      'the limit of this place',
    );
    expect(refused.data.content).toMatch(HOUR_LATER);
    await forgetLimits();
    const channel = scene.channel();
    await scene.prefer('channel', channel, { quota: { limits: { audioMinutesPerDay: 1 } } });
    await scene.response(ask(scene.voice(channel, late), late), HELLO.text);
    const other = scene.member('Other');
    await scene.prefer('channel', channel, { quota: { limits: { jobsPerHour: 1 } } });
    await scene.said(ask(scene.voice(channel, other), other), 'the limit of this place');
    await scene.response(ask(scene.voice(scene.channel(), other), other), HELLO.text);
  });

  it('cannot be seen or set by others', async () => {
    const panel = await openLimits();
    scene.server.change.setRoles(scene.guild, admin, []);
    const tried = scene.choose(panel, 'members:jobsPerHour', '0', admin);
    await scene.server.waitFor(() => tried.followUpIds.length);
    expect(await scene.preferred('server', scene.guild)).toEqual({});
    expect(controlsOf(panel.data).some((id) => id.includes('jobsPerHour'))).toBe(true);
    admin = scene.member('Another admin', Bits.ManageGuild);
  });

  it('are shown to whoever waits for a note of theirs to be read', async () => {
    const user = scene.member('Busy');
    await scene.prefer('user', user, { quota: { limits: { jobsPerHour: 0 } } });
    const held = Promise.withResolvers<void>();
    scene.server.faults.next({ path: /^\/attachments\//, fault: { kind: 'hold', until: held.promise } });
    const first = ask(scene.voice(scene.channel(), user), user);
    await scene.said(first, 'Listening');
    const second = ask(scene.voice(scene.channel(), user), user);
    await scene.said(second, 'You can have 1 recording read at a time.');
    held.resolve();
    await scene.response(first, HELLO.text);
    await scene.response(second, HELLO.text);
  });
});
