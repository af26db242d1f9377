import { Locale, PermissionFlagsBits as Bits } from 'discord.js';
import { CommandRegistrationService } from '../../src/platforms/discord/commands/command-registration.service';
import { DiscordClient } from '../../src/platforms/discord/discord.client';
import { auditedBy } from '../support/audit';
import { DiscordScene, audioOf, controlsOf, note, wordsOf } from '../support/discord-scene';
import { InteractionRecord } from '../support/discord-server/state/interaction-desk';

const HELLO = note(0);
const CODE = note(1);
const GERMAN = note(2);

const fileOf = (spoken = HELLO) => ({
  bytes: audioOf(spoken),
  filename: 'note.ogg',
  contentType: 'audio/ogg',
});

describe("hark's commands in Discord", () => {
  let scene: DiscordScene;

  beforeAll(async () => {
    scene = await DiscordScene.open();
  }, 60_000);
  afterAll(async () => {
    const stuck = scene.server.stuckInteractions();
    await scene.close();
    expect(stuck).toEqual([]);
  });

  const slash = (name: string, options: Record<string, never> | object = {}, user = scene.anna) =>
    scene.server.useSlash({ channel: scene.channel(), user, name, options: options as never });

  it('are registered once, and again only when they have changed', async () => {
    const { commands } = scene.server;
    const client = scene.home.app.get(DiscordClient, { strict: false }).ready;
    if (!client) throw new Error('hark is not connected');
    const registration = scene.home.app.get(CommandRegistrationService, { strict: false });
    const register = () => registration.register(client, new AbortController().signal);
    expect(commands.overwrites).toBe(1);
    await register();
    expect(commands.overwrites).toBe(1);
    commands.upsert({ type: 1, name: 'transcribe', description: 'Of an older version' });
    await register();
    expect(commands.overwrites).toBe(2);
    expect(commands.find(1, 'transcribe')).toMatchObject({
      description: expect.stringContaining('voice note'),
    });
  });

  describe('/transcribe', () => {
    it('reads a file, a link, both', async () => {
      const uploaded = slash('transcribe', { file: fileOf() });
      const answer = await scene.response(uploaded, HELLO.text);
      expect(uploaded.acknowledgedAt).toBeLessThan(uploaded.createdAt + 3_000);
      expect(answer.visibleTo).toBeUndefined();

      const posted = scene.server.post({
        channel: scene.channel(),
        author: scene.ben,
        files: [fileOf(CODE)],
      });
      const link = scene.server.read(posted).attachments[0]?.url ?? '';
      await scene.response(slash('transcribe', { link: `<${link}>` }), CODE.text);
      const both = slash('transcribe', { file: fileOf(GERMAN), link });
      const words = wordsOf((await scene.response(both, CODE.text)).data);
      expect(words).toContain(GERMAN.text);
    });

    it('translates, and answers privately', async () => {
      const asked = slash('transcribe', {
        file: fileOf(GERMAN),
        language: 'German',
        translate: true,
        private: true,
      });
      const answer = await scene.response(asked, GERMAN.english ?? '');
      expect(answer.visibleTo).toBe(scene.anna.id);
      const [job] = await scene.jobs();
      expect(job).toMatchObject({ private: true, options: { language: 'de', translate: true } });
    });

    it('says what is missing or wrong', async () => {
      await scene.said(slash('transcribe'), 'Give a file or a link.');
      await scene.said(slash('transcribe', { file: fileOf(), language: 'Germn' }), 'Did you mean "German"?');
      const broken = { bytes: Buffer.from('no sound at all, only words'), filename: 'a.ogg' };
      await scene.said(slash('transcribe', { file: broken }), 'audio');
    });

    it('suggests languages in the language of the user', async () => {
      const dora = scene.server.build.addUser('Dora', { locale: Locale.German });
      scene.server.build.addMember(scene.guild, dora);
      const typed = scene.server.typeOption({
        channel: scene.channel(),
        user: dora,
        name: 'transcribe',
        option: 'language',
        typed: 'engl',
      });
      await scene.server.waitForAcknowledgement(typed);
      expect(typed.choices).toEqual([{ name: 'Englisch', value: 'en' }]);
    });

    it('works in direct messages, and speaks the language of the user', async () => {
      const emil = scene.server.build.addUser('Emil', { locale: Locale.German, appInstalled: true });
      const dm = scene.server.build.openDm(emil);
      const asked = scene.server.useSlash({ channel: dm, user: emil, name: 'transcribe' });
      await scene.said(asked, 'Gib eine Datei oder einen Link an.');
    });
  });

  describe('the menu', () => {
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
      const posted = scene.server.post({ channel, author: scene.anna, files: [fileOf(CODE), fileOf(HELLO)] });
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

  describe('/hark settings', () => {
    const admin = () => scene.member('Admin', Bits.ManageGuild);

    it('are for those who manage the server, in servers', async () => {
      await scene.said(slash('hark settings'), 'Only members who may manage');
      const dm = scene.server.build.openDm(scene.anna);
      const asked = scene.server.useSlash({ channel: dm, user: scene.anna, name: 'hark settings' });
      await scene.said(asked, 'in servers only');
    });

    it('switch automatic reading, language and who may ask, for a channel and the server', async () => {
      const user = admin();
      const channel = scene.channel();
      const asked = scene.server.useSlash({ channel, user, name: 'hark settings' });
      const panel = await scene.said(asked, 'Settings of hark');
      expect(panel.visibleTo).toBe(user.id);
      const choose = async (setting: string, value: string, words: string) => {
        scene.choose(panel, setting, value, user);
        await scene.server.waitFor(() => wordsOf(panel.data).includes(words), { what: words });
      };

      await choose('channel:automatic', 'on', 'Voice notes: Read automatically');
      await choose('channel:language', 'de', 'Language spoken here: German');
      await choose('channel:who', 'author', 'Only the person who spoke');
      expect(await scene.preferred('channel', channel)).toEqual({
        automatic: true,
        language: 'de',
        whoMayAsk: 'author',
      });
      const place = { actor: `discord:${user.id}`, target: `discord:channel:${channel.id}`, outcome: 'done' };
      expect(await auditedBy(scene.home.app, 'place.change', 3)).toMatchObject([
        { ...place, detail: 'automatic' },
        { ...place, detail: 'language' },
        { ...place, detail: 'whoMayAsk' },
      ]);

      scene.press(panel, 'server:show', user);
      await scene.server.waitFor(() => wordsOf(panel.data).includes('Whole server'));
      await choose('server:erase', 'off', 'Keep its transcript');
      await choose('server:automatic', 'on', 'Voice notes: Read automatically');
      const server = await scene.preferred('server', scene.guild);
      await scene.prefer('server', scene.guild, { eraseWithMessage: undefined, automatic: undefined });
      expect(server).toEqual({ eraseWithMessage: false, automatic: true });

      scene.voice(channel, scene.anna, GERMAN);
      await scene.answer(channel, GERMAN.text);
      scene.press(panel, 'channel:show', user);
      await scene.server.waitFor(() => wordsOf(panel.data).includes(`<#${channel.id}>`));
      await choose('channel:automatic', 'inherit', 'Voice notes: As the server has it');
      expect(await scene.preferred('channel', channel)).not.toHaveProperty('automatic');
    });

    it('say when hark may not answer where it shall read', async () => {
      const user = admin();
      const channel = scene.channel();
      scene.server.change.setOverwrite(channel, { deny: Bits.SendMessages });
      const asked = scene.server.useSlash({ channel, user, name: 'hark settings' });
      const panel = await scene.said(asked, 'Settings of hark');
      expect(wordsOf(panel.data)).not.toContain('cannot answer here');
      scene.choose(panel, 'channel:automatic', 'on', user);
      await scene.server.waitFor(() => wordsOf(panel.data).includes('cannot answer here'));
    });

    it('cannot be changed by who lost the right meanwhile', async () => {
      const user = admin();
      const channel = scene.channel();
      const panel = await scene.said(
        scene.server.useSlash({ channel, user, name: 'hark settings' }),
        'Settings of hark',
      );
      scene.server.change.setRoles(scene.guild, user, []);
      const tried = scene.choose(panel, 'channel:automatic', 'on', user);
      await scene.server.waitFor(() => tried.followUpIds.length);
      expect(await scene.preferred('channel', channel)).toEqual({});
    });
  });

  describe('/hark privacy', () => {
    it('opts out and in, lets others ask, and keeps a language', async () => {
      const user = scene.member('Pia');
      const panel = await scene.said(slash('hark privacy', {}, user), 'Your voice notes may be transcribed.');
      expect([panel.visibleTo, wordsOf(panel.data)]).toEqual([
        user.id,
        expect.stringContaining('goes nowhere else'),
      ]);
      const shows = (words: string) => scene.server.waitFor(() => wordsOf(panel.data).includes(words));

      scene.press(panel, 'opt-out', user);
      await shows('not transcribed, except when you ask');
      expect(await scene.preferred('user', user)).toEqual({ optedOut: true });
      scene.press(panel, 'allow', user);
      await shows('Others may still ask');
      scene.press(panel, 'opt-in', user);
      await shows('may be transcribed.');
      scene.choose(panel, 'language', 'de', user);
      await scene.server.waitFor(() =>
        JSON.stringify(panel.data.components).includes('"value":"de","default":true'),
      );
      expect(await scene.preferred('user', user)).toEqual({ language: 'de' });
    });

    it("erases one's transcripts after asking once more", async () => {
      const user = scene.member('Quentin');
      const channel = scene.channel();
      await scene.prefer('channel', channel, { automatic: true });
      scene.voice(channel, user);
      const answer = await scene.answer(channel, HELLO.text);
      const panel = await scene.said(slash('hark privacy', {}, user), '1 transcript of yours');
      const shows = (words: string) => scene.server.waitFor(() => wordsOf(panel.data).includes(words));

      scene.press(panel, 'erase', user);
      await shows('Go on?');
      scene.press(panel, 'show', user);
      await shows('1 transcript of yours');
      scene.press(panel, 'erase', user);
      await shows('Go on?');
      scene.press(panel, 'erase-now', user);
      await shows('1 transcript was erased.');
      await scene.server.waitFor(() => answer.deletedAt);
    });
  });

  describe('/hark status and help', () => {
    it('tells of the engine, the queue and what became of recordings, with what reached nobody', async () => {
      const user = scene.member('Rosa');
      const channel = scene.channel();
      await scene.prefer('channel', channel, { automatic: true });
      await scene.said(slash('hark status', {}, user), 'not asked for anything');
      scene.server.change.setOverwrite(channel, { deny: Bits.SendMessages });
      const posted = scene.voice(channel, user, CODE);
      await scene.failure(posted);

      const status = await scene.said(slash('hark status', {}, user), CODE.text);
      expect(status.visibleTo).toBe(user.id);
      expect(wordsOf(status.data)).toMatch(/Ready:[^]*Nobody is waiting[^]*failed[^]*permission/);
      expect(status.data.content).toContain(`/${channel.id}/${posted.id}`);
      const others = await scene.said(slash('hark status'), 'Your latest recordings');
      expect(wordsOf(others.data)).not.toContain(CODE.text);
    });

    it('helps', async () => {
      await scene.said(slash('hark help'), '/hark privacy');
    });
  });

  it('tell who presses something from long ago that it is out of date', async () => {
    const channel = scene.channel();
    const posted = scene.voice(channel, scene.anna);
    const answer = await scene.response(
      scene.server.useContextMenu({ name: 'Transcribe', message: posted, user: scene.anna }),
      HELLO.text,
    );
    const row = answer.data.components?.[0] as unknown as { components: { custom_id: string }[] };
    row.components.push({ ...row.components[0], custom_id: 'hark:of-long-ago:1' });
    const pressed: InteractionRecord = scene.server.clickButton(answer, 'hark:of-long-ago:1', scene.anna);
    await scene.said(pressed, '/hark help');
    expect(controlsOf(answer.data)).toContain('hark:of-long-ago:1');
  });
});
