import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AttachmentBuilder, Events, Message, MessageFlags, TextChannel } from 'discord.js';
import { INTENTS, next, textChannel, Visit } from './client-visit';
import { DISCORD_RATES } from './rest/rate-limiter';

const VOICE = readFileSync(join(__dirname, '../audio/01-en.ogg'));

describe('a local Discord, seen through the real client', () => {
  const visit = new Visit();

  afterEach(() => visit.end());

  it('carries a voice message to the bot, and its reply and edits back', async () => {
    const { server, channel, anna } = await visit.start({ rates: DISCORD_RATES, globalPerSecond: 50 });
    const bot = await visit.loggedIn(server);
    const heard = next<Message<true>>(bot, Events.MessageCreate);
    const posted = server.postVoiceMessage({ channel, author: anna, audio: VOICE });
    const message = await heard;

    expect(message.flags.has(MessageFlags.IsVoiceMessage)).toBe(true);
    expect(message.member?.user.id).toBe(anna.id);
    const attachment = message.attachments.first();
    expect(attachment).toMatchObject({ contentType: 'audio/ogg', duration: 3.36, size: VOICE.length });
    expect(attachment?.waveform).toBeTruthy();
    const download = await fetch(attachment?.url ?? '');
    expect(Buffer.from(await download.arrayBuffer()).equals(VOICE)).toBe(true);

    const reply = await message.reply({ content: 'Listening…', allowedMentions: { repliedUser: false } });
    await reply.edit({
      content: 'Hello <@1> @everyone',
      files: [new AttachmentBuilder(Buffer.from('1\n'), { name: 'a.srt' })],
    });
    const answer = await server.waitForMessage(channel, ({ content }) => content.startsWith('Hello'));

    expect(answer.history.map(({ content }) => content)).toEqual(['Listening…', 'Hello <@1> @everyone']);
    expect(answer.pings).toEqual({ everyone: false, users: [], roles: [] });
    expect(server.read(answer).referenced_message?.id).toBe(posted.id);
    expect(answer.data.attachments[0]).toMatchObject({ filename: 'a.srt', size: 2 });
    expect(server.fileOf(answer.data.attachments[0] ?? '').toString()).toBe('1\n');
  });

  it('shows forwards, and every deletion', async () => {
    const { server, channel, anna } = await visit.start();
    const bot = await visit.loggedIn(server);
    const note = server.postVoiceMessage({ channel, author: anna, audio: VOICE });
    const other = server.post({ channel, author: anna, content: 'two' });
    const heard = next<Message>(bot, Events.MessageCreate, (message) => message.messageSnapshots.size > 0);
    server.forward(note, { channel, author: anna });
    const snapshot = (await heard).messageSnapshots.first();
    expect(snapshot?.flags?.has(MessageFlags.IsVoiceMessage)).toBe(true);
    expect(snapshot?.attachments.first()?.url).toContain(`/attachments/${channel.id}/`);

    const deleted = next<Message>(bot, Events.MessageDelete);
    server.deleteMessages(note);
    expect((await deleted).id).toBe(note.id);
    const bulk = next<Map<string, Message>>(bot, Events.MessageBulkDelete);
    server.deleteMessages(other, server.post({ channel, author: anna, content: 'three' }));
    expect((await bulk).size).toBe(2);
    const gone = next<TextChannel>(bot, Events.ChannelDelete);
    server.change.deleteChannel(channel);
    expect((await gone).id).toBe(channel.id);
  });

  it('survives a cut: what was missed is replayed', async () => {
    const { server, channel, anna } = await visit.start();
    const bot = await visit.loggedIn(server);
    const words: string[] = [];
    // discord.js drops a message it has in its cache, so what arrived is read from the raw events.
    bot.on(Events.Raw, ({ t, d }: { t: string; d: { content: string } }) => {
      if (t === 'MESSAGE_CREATE') words.push(d.content);
    });
    const resumed = next<number>(bot, Events.ShardResume);
    server.gateway.cut();
    server.post({ channel, author: anna, content: 'while away' });
    await resumed;
    expect(server.gateway.resumes).toBe(1);

    const asked = next<number>(bot, Events.ShardResume);
    server.gateway.requestReconnect();
    await asked;
    const back = next<number>(bot, Events.ShardResume);
    server.gateway.invalidateSession(true);
    await back;
    server.dispatchTwice();
    const last = next<Message>(bot, Events.MessageCreate, ({ content }) => content === 'end');
    server.post({ channel, author: anna, content: 'twice' });
    server.post({ channel, author: anna, content: 'end' });
    await last;
    expect(words).toEqual(['while away', 'twice', 'twice', 'end']);
  });

  it('refuses what is not granted: intents, tokens', async () => {
    const { server } = await visit.start({ grantedIntents: [] });
    const refused = visit.client(server);
    const lost = next<{ code: number }>(refused, Events.ShardDisconnect);
    refused.on(Events.ShardError, () => undefined);
    await Promise.all([expect(refused.login(server.token)).rejects.toThrow('disallowed intents'), lost]);
    expect(server.gateway.closeCodes).toEqual([4014]);
    await expect(visit.client(server).login('wrong')).rejects.toThrow(/token/i);
    expect(server.invalidRequests).toHaveLength(1);
  });

  it('empties messages without the content intent, but not those meant for the bot', async () => {
    const { server, channel, anna } = await visit.start({ grantedIntents: [] });
    const bot = await visit.loggedIn(server, [...INTENTS.slice(0, 3)]);
    const seen: [string, number][] = [];
    bot.on(Events.MessageCreate, ({ content, attachments }) => seen.push([content, attachments.size]));
    const files = [{ bytes: VOICE, filename: 'a.ogg' }];
    const mention = `<@${server.world.bot.id}>`;
    server.post({ channel, author: anna, content: 'secret', files });
    server.post({ channel, author: anna, content: mention, files });
    const last = next(bot, Events.MessageCreate, ({ content }: Message) => content === 'private');
    server.post({ channel: server.build.openDm(anna), author: anna, content: 'private', files });
    await last;
    expect(seen).toEqual([
      ['', 0],
      [mention, 1],
      ['private', 1],
    ]);
    const fetched = await (await textChannel(bot, channel.id)).messages.fetch({ limit: 1, cache: false });
    expect(fetched.first()?.content).toBe(mention);
  });

  it('says what it saw when a wait is in vain, and records presences', async () => {
    const { server, channel } = await visit.start();
    const bot = await visit.loggedIn(server);
    bot.user.setPresence({ status: 'idle' });
    await server.waitFor(() => String(server.presence?.status) === 'idle');
    await (await textChannel(bot, channel.id)).send('something else');
    const wait = server.waitForMessage(channel, ({ content }) => content === 'never', { timeoutMs: 20 });
    await expect(wait).rejects.toThrow(
      /Waited 20 ms for a message of the bot[^]*POST \/channels[^]*something else/,
    );
  });
});
