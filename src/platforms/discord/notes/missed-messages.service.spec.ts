import { Logger } from '@nestjs/common';
import { Client } from 'discord.js';
import { Visit, textChannel } from '../../../../test/support/discord-server/client-visit';
import { ShiftedClock } from '../../../../test/support/shifted-clock';
import { Leadership, Term } from '../../../core/leadership';
import { MissedMessagesService } from './missed-messages.service';

const MINUTE_MS = 60_000;

describe('messages that nobody may have heard', () => {
  const visit = new Visit();
  const clock = new ShiftedClock();
  let before: Term['before'];
  let number: number;
  let missed: MissedMessagesService;
  beforeEach(() => {
    before = undefined;
    number = 1;
    const leadership = {
      get term() {
        return { before, number };
      },
    } as Leadership;
    missed = new MissedMessagesService(leadership, clock);
    jest.spyOn(Logger.prototype, 'log').mockImplementation();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await visit.end();
  });

  const found = async (client: Client<true>, since: Date): Promise<string[]> => {
    const heard: string[] = [];
    await missed.find(client, since, ({ author, content }) => author.bot || heard.push(content));
    return heard;
  };
  const agoMs = (): number => clock.now().getTime() - (missed.since()?.getTime() ?? NaN);

  it('are found in their order, however many, without those that were answered or marked', async () => {
    const { server, channel, anna } = await visit.start();
    const say = (content: string) => server.post({ channel, author: anna, content });
    const contents = Array.from({ length: 130 }, (_, n) => `message ${n}`);
    const posted = contents.map(say);
    const bot = await visit.loggedIn(server);
    const { messages } = await textChannel(bot, channel.id);
    await (await messages.fetch(posted[7]?.id ?? '')).reply('What it says.');
    await (await messages.fetch(posted[120]?.id ?? '')).react('⏳');
    const handled = ['message 7', 'message 120'];
    const open = contents.filter((content) => !handled.includes(content));
    expect(await found(bot, new Date(Date.now() - MINUTE_MS))).toEqual(open);
    const asked = server.requests.length;
    expect(await found(bot, new Date(Date.now() + MINUTE_MS))).toEqual([]);
    expect(server.requests).toHaveLength(asked);
  });

  it('are not looked for where the bot may not read, and elsewhere all the same', async () => {
    const { server, guild, channel, anna } = await visit.start();
    const broken = server.build.addTextChannel(guild, 'broken');
    server.post({ channel: broken, author: anna, content: 'in the broken one' });
    server.post({ channel, author: anna, content: 'in the other one' });
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const bot = await visit.loggedIn(server);
    const path = new RegExp(`/channels/${broken.id}/messages$`);
    server.faults.next({ method: 'GET', path, times: 9, fault: { kind: 'status', status: 403 } });
    expect(await found(bot, new Date(Date.now() - MINUTE_MS))).toEqual(['in the other one']);
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('are as old as the time of whoever led before and some minutes, and an hour at most', async () => {
    expect(missed.since()).toBeUndefined();
    const at = new Date(clock.now().getTime() - 10 * MINUTE_MS);
    before = { at, inOrder: true };
    expect(agoMs() / MINUTE_MS).toBeCloseTo(10.5, 1);
    before = { at, inOrder: false };
    expect(agoMs() / MINUTE_MS).toBeCloseTo(20, 1);
    before = { at: new Date(0), inOrder: false };
    expect(Math.round(agoMs() / MINUTE_MS)).toBe(60);

    const { server } = await visit.start();
    const client = visit.client(server);
    missed.watch(client);
    await client.login(server.token);
    expect(agoMs()).toBeLessThan(2 * MINUTE_MS);
    // Another one has led since then, and may not have got through.
    number = 3;
    before = { at: clock.now(), inOrder: false };
    expect(Math.round(agoMs() / MINUTE_MS)).toBe(10);
  });

  it('are looked for again when the session ended before all was read', async () => {
    const { server, channel, anna } = await visit.start();
    server.post({ channel, author: anna, content: 'nobody was there' });
    jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const first = await visit.loggedIn(server);
    const since = new Date(Date.now() - 5 * MINUTE_MS);
    const channels = [...first.guilds.cache.values()];
    await first.destroy();
    expect(channels).toHaveLength(1);
    expect(await found(first, since)).toEqual([]);
    const second = visit.client(server);
    missed.watch(second);
    const again = missed.since();
    expect(again).toEqual(since);
    await second.login(server.token);
    await server.waitForLogin();
    expect(await found(second as Client<true>, again!)).toEqual(['nobody was there']);
    expect(agoMs()).toBeLessThan(2 * MINUTE_MS);
  });
});
