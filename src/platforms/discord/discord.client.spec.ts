import { Logger } from '@nestjs/common';
import { Events, GatewayIntentBits } from 'discord.js';
import { DiscordServer, DiscordServerOptions } from '../../../test/support/discord-server/discord-server';
import { Journal } from '../../../test/support/journal';
import { SoleLeader } from '../../../test/support/sole-leader';
import { loadSettings } from '../../settings/load-settings';
import { Role } from '../../settings/settings';
import { DiscordClient } from './discord.client';

describe('the connection to Discord', () => {
  let server: DiscordServer;
  let discord: DiscordClient;
  /** Messages that were heard, logins, and what the log says. */
  let events: Journal<string>;

  async function start(options: DiscordServerOptions = {}): Promise<void> {
    server = await DiscordServer.start(options);
  }

  function connect({ token = server.token, roles = ['bot'] as Role[] } = {}): void {
    const settings = loadSettings(
      {
        NODE_ENV: 'test',
        DISCORD_TOKEN: token,
        DISCORD_API_URL: server.apiUrl,
        ROLES: roles.join(),
        REDIS_URL: 'redis://127.0.0.1:1',
      },
      { cwd: __dirname, terminal: false },
    );
    const leader = new SoleLeader();
    discord = new DiscordClient(settings, leader);
    discord.wire((client) => {
      client.on(Events.MessageCreate, ({ content }) => events.add(`heard: ${content}`));
      client.on(Events.ClientReady, () => events.add('ready'));
    });
    discord.onModuleInit();
    leader.begin();
  }

  const connected = (): number => server.gateway.sessions.filter((session) => session.connected).length;
  const intents = (): number => server.gateway.sessions.at(-1)?.intents ?? 0;
  const ready = (times = 1): Promise<void> =>
    events.until((all) => all.filter((event) => event === 'ready').length >= times);
  const hears = (content: string): Promise<void> => events.until((all) => all.includes(`heard: ${content}`));
  const says = (part: string): Promise<void> =>
    events.until((all) => all.some((event) => event.includes(part)));

  beforeEach(() => {
    events = new Journal();
    for (const level of ['log', 'warn', 'error'] as const) {
      jest.spyOn(Logger.prototype, level).mockImplementation((...[said]: unknown[]) => {
        events.add(typeof said === 'string' ? said : JSON.stringify(said));
      });
    }
  });

  afterEach(async () => {
    await discord.onModuleDestroy();
    await server.stop();
    jest.restoreAllMocks();
  });

  it('is opened at start, hears messages, and is closed at the end', async () => {
    await start();
    const guild = server.build.addGuild('Listeners');
    const channel = server.build.addTextChannel(guild, 'general');
    const anna = server.build.addUser('Anna');
    server.build.addMember(guild, anna);
    connect();
    await ready();
    expect(discord.readsContent).toBe(true);
    server.post({ channel, author: anna, content: 'Hello.' });
    server.post({ channel: server.build.openDm(anna), author: anna, content: 'Hello, hark.' });
    await hears('Hello.');
    await hears('Hello, hark.');
    await discord.onModuleDestroy();
    await server.waitFor(() => connected() === 0);
    expect(discord.ready).toBeUndefined();
  });

  it('is not opened without the bot role', async () => {
    await start();
    connect({ roles: ['api', 'worker'] });
    await discord.onModuleDestroy();
    expect(discord.ready).toBeUndefined();
    expect(server.requests).toEqual([]);
  });

  it('does without message content where that is not granted, and says how to grant it', async () => {
    await start({ grantedIntents: [] });
    const anna = server.build.addUser('Anna', { appInstalled: true });
    connect();
    await ready();
    expect(server.gateway.closeCodes).toEqual([4014]);
    expect(discord.readsContent).toBe(false);
    expect(intents() & GatewayIntentBits.MessageContent).toBe(0);
    expect(events.entries.join()).toMatch(
      /message content intent is not granted[^]*discord\.com\/developers/,
    );
    server.post({ channel: server.build.openDm(anna), author: anna, content: 'Hello, hark.' });
    await hears('Hello, hark.');
  });

  it('does without message content when that is taken away later', async () => {
    await start();
    connect();
    await ready();
    server.build.grantIntents();
    server.gateway.close(4014);
    await ready(2);
    expect(discord.readsContent).toBe(false);
    expect(intents() & GatewayIntentBits.MessageContent).toBe(0);
    expect(connected()).toBe(1);
  });

  it('is given up when the token is wrong', async () => {
    await start();
    connect({ token: 'entirely-wrong' });
    await says('hark is not connected to Discord');
    expect(discord.hopeless).toContain('token');
    expect(server.requests.map(({ status }) => status)).toEqual([401]);
    expect(events.entries.join()).not.toContain('entirely-wrong');
  });

  it('is given up when the token is taken away later', async () => {
    await start();
    connect();
    await ready();
    server.gateway.close(4004);
    await says('hark is not connected to Discord');
    expect(discord.hopeless).toContain('token');
    expect(server.gateway.sessions).toHaveLength(1);
  });

  it('comes about when the gateway refuses at first, and only once', async () => {
    await start();
    server.gateway.refusing = true;
    connect();
    await says('The connection to Discord failed');
    server.gateway.refusing = false;
    await ready();
    expect(server.gateway.sessions).toHaveLength(1);
    expect(connected()).toBe(1);
  });

  it('comes about when the API fails at first', async () => {
    await start();
    server.faults.next({ path: /^\/gateway\/bot$/, times: 5, fault: { kind: 'status', status: 502 } });
    connect();
    await ready();
    expect(server.faults.pending).toBe(0);
    expect(connected()).toBe(1);
  });

  it.each([
    ['is cut', () => server.gateway.cut()],
    ['is to be made anew', () => server.gateway.requestReconnect()],
    ['loses its session', () => server.gateway.invalidateSession()],
  ])('is made good when it %s', async (_, fate) => {
    await start();
    const anna = server.build.addUser('Anna', { appInstalled: true });
    connect();
    await ready();
    const before = server.gateway.sessions.length + server.gateway.resumes;
    fate();
    await server.waitFor(() => server.gateway.sessions.length + server.gateway.resumes > before);
    server.post({ channel: server.build.openDm(anna), author: anna, content: 'Still there?' });
    await hears('Still there?');
    expect(connected()).toBe(1);
  });
});
