import { APIGuildVoiceChannel, APITextChannel, APIUser, PermissionFlagsBits as Bits } from 'discord.js';
import { parseSync } from 'subtitle';
import { DiscordScene, note, wordsOf } from '../support/discord-scene';
import { StoredMessage } from '../support/discord-server/state/message-board';
import { opusPackets, soundOf } from '../support/opus-packets';
import { RecordedVoice } from '../support/recorded-voice';

const [hello, code, danke] = [note(0), note(1), note(2)];
const spoken = (file: string): Buffer[] => opusPackets(soundOf(file));

describe('/listen', () => {
  let scene: DiscordScene;
  let voice: RecordedVoice;
  let anna: APIUser;
  let ben: APIUser;
  let text: APITextChannel;
  let room: APIGuildVoiceChannel;

  beforeAll(async () => {
    voice = new RecordedVoice();
    scene = await DiscordScene.open({
      receiver: voice,
      timings: { voiceLinesMs: 50, voiceCheckMs: 100 },
      variables: { DISCORD_VOICE: 'true' },
    });
    voice.server = scene.server;
    ({ anna, ben } = scene);
  }, 60_000);
  afterAll(() => scene.close());
  beforeEach(() => {
    text = scene.channel();
    room = scene.server.build.addVoiceChannel(scene.guild, 'Lounge');
  });
  afterEach(async () => {
    for (const user of [anna, ben]) scene.server.change.setVoice(scene.guild, user, null);
    await scene.server.waitFor(() => !voice.inChannel, { what: 'hark to leave' });
  });

  const enter = (...users: APIUser[]): void =>
    users.forEach((user) => scene.server.change.setVoice(scene.guild, user, room));
  const listen = (command: string, user = anna, options = {}) =>
    scene.server.useSlash({ channel: text, user, name: `listen ${command}`, options });
  const start = async (user = anna): Promise<{ page: string; announced: StoredMessage }> => {
    const told = await scene.said(listen('start', user, { language: 'auto' }), 'I am listening in');
    const page = /appear in <#(\d+)>/.exec(told.data.content)?.[1] ?? '';
    const [announced] = scene.server.answers(room.id);
    return { page, announced: announced! };
  };
  const writtenIn = (page: string): string =>
    scene.server
      .answers(page)
      .map(({ data }) => wordsOf(data))
      .join('\n');
  const written = (page: string, words: string) =>
    scene.server.waitFor(() => writtenIn(page).includes(words), { what: words, timeoutMs: 30_000 });
  const fileIn = async (page: string, words: string): Promise<string> => {
    const message = await scene.server.waitForMessage(page, (each) => wordsOf(each).includes(words), {
      timeoutMs: 30_000,
    });
    const [file] = message.data.attachments;
    return file ? scene.server.fileOf(file.id).toString('utf8') : '';
  };

  it('writes what two people say under their names into a thread, and ends with a file', async () => {
    enter(anna, ben);
    const { page, announced } = await start();
    // Everybody who is there was told before anything was heard.
    expect(announced.pings.users.sort()).toEqual([anna.id, ben.id].sort());
    expect(announced.data.content).toContain(`<#${page}>`);
    expect(voice.taken).toEqual([]);
    voice.speak(anna, spoken(hello.file));
    await written(page, hello.text);
    voice.speak(ben, spoken(danke.file));
    await written(page, danke.text);
    expect(writtenIn(page)).toMatch(
      new RegExp(`^Anna \\(0:0\\d\\): ${hello.text}\nBen \\(\\d:\\d\\d\\): ${danke.text}`),
    );
    expect(scene.server.answers(page)).toHaveLength(1);
    const record = listen('stop', ben, { format: 'srt' });
    await scene.said(record, 'I have stopped listening.');
    const cues = parsedSubtitles(await fileIn(page, 'Here is all that was said')).join(' ');
    expect(cues).toContain(`Anna: ${hello.text}`);
    expect(cues).toContain(`Ben: ${danke.text}`);
    expect(voice.inChannel).toBe(false);
    expect(await scene.jobs()).toEqual([]);
  });

  it('hears nobody who has opted out, here or for good', async () => {
    await scene.prefer('user', ben, { optedOut: true });
    enter(anna, ben);
    const { page, announced } = await start();
    const before = voice.taken.length;
    voice.speak(ben, spoken(danke.file));
    voice.speak(anna, spoken(hello.file));
    await written(page, hello.text);
    await scene.said(scene.press(announced, 'hark-listen', ben), 'I do not listen to you here');
    await scene.said(scene.press(announced, 'hark-listen', ben), 'You have opted out with /hark privacy');
    await scene.said(scene.press(announced, 'hark-listen', anna), 'I do not listen to you here');
    await scene.server.waitFor(() => !writtenIn(page).includes(hello.text), { what: 'her words to go' });
    voice.speak(anna, spoken(code.file));
    expect(voice.taken.slice(before)).toEqual([anna.id]);
    await scene.said(scene.press(announced, 'hark-listen', anna), 'I listen to you again.');
    voice.speak(anna, spoken(code.file));
    await written(page, code.text);
    listen('stop');
    expect(await fileIn(page, 'Here is all')).toMatch(new RegExp(`^\\[0:\\d\\d\\] Anna: ${code.text}\n$`));
    await scene.prefer('user', ben, { optedOut: false });
  });

  it('tells who comes later before it hears them, and leaves with the last', async () => {
    enter(anna);
    const { page } = await start();
    enter(ben);
    const later = await scene.server.waitForMessage(room.id, ({ content }) =>
      content.includes('I am listening in this channel'),
    );
    expect(later.pings.users).toEqual([ben.id]);
    const silent = scene.server.answers(page).length;
    expect(silent).toBe(0);
    scene.server.change.setVoice(scene.guild, anna, null);
    scene.server.change.setVoice(scene.guild, ben, null);
    await fileIn(page, 'Everybody has left');
    expect(writtenIn(page)).toContain('Nothing was said');
  });

  it('says why it cannot', async () => {
    await scene.said(listen('stop'), 'I am not listening');
    await scene.said(listen('start'), 'Join a voice channel first');
    enter(anna);
    voice.refusing = true;
    await scene.said(listen('start'), 'does not answer');
    voice.refusing = false;
    scene.server.change.setOverwrite(room, { deny: Bits.Connect });
    await scene.said(listen('start'), 'I am not allowed');
    scene.server.change.setOverwrite(room, {});
    await scene.prefer('server', scene.guild, { whoMayAsk: 'nobody' });
    await scene.said(listen('start'), 'may ask');
    await scene.prefer('server', scene.guild, { whoMayAsk: undefined });
    const { page } = await start();
    await scene.said(listen('start', ben), 'already');
    await scene.said(listen('stop', ben), 'Only those in the channel');
    scene.server.change.setVoice(scene.guild, scene.server.world.bot, null);
    await fileIn(page, 'I am not in the channel any more');
    const second = await start();
    voice.break();
    await fileIn(second.page, 'I have lost the connection');
  });

  it('is switched off for a server by those who manage it', async () => {
    const admin = scene.member('Admin', Bits.ManageGuild);
    const asked = scene.server.useSlash({ channel: text, user: admin, name: 'hark settings' });
    const panel = await scene.said(asked, 'Settings of hark');
    scene.press(panel, 'hark-settings:server:show', admin);
    await scene.server.waitFor(() => JSON.stringify(panel.data.components).includes('server:listen'));
    scene.press(panel, 'hark-settings:server:listen', admin);
    await scene.server.waitFor(() => JSON.stringify(panel.data.components).includes('I may be asked'));
    enter(anna);
    await scene.said(listen('start'), 'does not want me in its voice channels');
    scene.press(panel, 'hark-settings:server:listen', admin);
    await scene.server.waitFor(() => JSON.stringify(panel.data.components).includes('I do not join'));
  });

  it('takes the minutes of whoever has asked, and ends with them', async () => {
    const greedy = scene.member('Greedy');
    await scene.prefer('user', greedy, { quota: { limits: { audioMinutesPerDay: 0.1 } } });
    enter(greedy, ben);
    const { page } = await start(greedy);
    voice.speak(ben, spoken('07-en.ogg'));
    await fileIn(page, 'minutes of audio');
    await scene.said(listen('start', greedy), 'minutes of audio');
    scene.server.change.setVoice(scene.guild, greedy, null);
  });

  it('writes into the chat of the voice channel where there can be no thread', async () => {
    enter(anna);
    const told = await scene.said(
      scene.server.useSlash({ channel: room, user: anna, name: 'listen start' }),
      'I am listening in',
    );
    expect(told.data.content).toContain(`appear in <#${room.id}>`);
    voice.speak(anna, spoken(hello.file));
    await written(room.id, hello.text);
  });
});

describe('hark in a voice channel, when it is stopped', () => {
  it('leaves it with all that was said', async () => {
    const voice = new RecordedVoice();
    const scene = await DiscordScene.open({
      receiver: voice,
      // Nothing would be written down before the end.
      timings: { voiceLinesMs: 60_000 },
      variables: { DISCORD_VOICE: 'true' },
    });
    voice.server = scene.server;
    const { guild, anna, server } = scene;
    const room = server.build.addVoiceChannel(guild, 'Lounge');
    server.change.setVoice(guild, anna, room);
    const told = server.useSlash({ channel: room, user: anna, name: 'listen start' });
    await scene.said(told, 'I am listening in');
    voice.speak(anna, spoken(hello.file));
    const seen = server.waitForMessage(room.id, (each) => wordsOf(each).includes('I am being restarted'));
    const [message] = await Promise.all([seen, scene.home.app.close()]);
    const file = server.fileOf(message.data.attachments[0]?.id ?? '').toString('utf8');
    expect(file).toContain(`Anna: ${hello.text}`);
    expect(voice.inChannel).toBe(false);
    await scene.close();
  }, 60_000);
});

/** The texts of subtitles, as another program reads them. */
function parsedSubtitles(srt: string): string[] {
  return parseSync(srt).flatMap((node) =>
    node.type === 'cue' ? [node.data.text.replaceAll('\n', ' ')] : [],
  );
}
