import { Logger } from '@nestjs/common';
import { Events, GatewayIntentBits } from 'discord.js';
import { DiscordServer, DiscordServerOptions } from '../../../test/support/discord-server/discord-server';
import { loadSettings } from '../../settings/load-settings';
import { Role } from '../../settings/settings';
import { DiscordClient } from './discord.client';

describe('the connection to Discord', () => {
  let server: DiscordServer;
  let discord: DiscordClient;
  let heard: string[];
  let told: string[];

  async function start(options: DiscordServerOptions = {}): Promise<void> {
    server = await DiscordServer.start(options);
  }

  function connect({ token = server.token, roles = ['bot'] as Role[] } = {}): void {
    const settings = loadSettings(
      { NODE_ENV: 'test', DISCORD_TOKEN: token, DISCORD_API_URL: server.apiUrl, ROLES: roles.join(), REDIS_URL: 'redis://127.0.0.1:1' },
      { cwd: __dirname, terminal: false },
    );
    discord = new DiscordClient(settings);
    discord.wire((client) => client.on(Events.MessageCreate, ({ content }) => heard.push(content)));
    discord.onApplicationBootstrap();
  }

  const connected = (): number => server.gateway.sessions.filter((session) => session.connected).length;
  const ready = (): Promise<unknown> =>
    server.waitFor(() => discord.ready, { what: 'a client that is ready' });
  const intentsOf = (place: number): number => server.gateway.sessions.at(place)?.intents ?? 0;

  beforeEach(() => {
    heard = [];
    told = [];
    for (const level of ['log', 'warn', 'error'] as const) {
      jest.spyOn(Logger.prototype, level).mockImplementation((...[said]: unknown[]) => {
        told.push(typeof said === 'string' ? said : JSON.stringify(said));
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
    await server.waitFor(() => heard.length === 2);
    expect(heard).toEqual(['Hello.', 'Hello, hark.']);
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
    expect(intentsOf(-1) & GatewayIntentBits.MessageContent).toBe(0);
    expect(told.join()).toMatch(/message content intent is not granted[^]*discord\.com\/developers/);
    server.post({ channel: server.build.openDm(anna), author: anna, content: 'Hello, hark.' });
    await server.waitFor(() => heard.length === 1);
    expect(heard).toEqual(['Hello, hark.']);
  });

  it('does without message content when that is taken away later', async () => {
    await start();
    connect();
    await ready();
    server.build.grantIntents();
    server.gateway.close(4014);
    await server.waitFor(() => server.gateway.sessions.length > 1 && discord.ready && !discord.readsContent);
    expect(intentsOf(-1) & GatewayIntentBits.MessageContent).toBe(0);
    expect(connected()).toBe(1);
  });

  it('is given up when the token is wrong', async () => {
    await start();
    connect({ token: 'wrong' });
    await server.waitForRequest(({ status }) => status === 401);
    await discord.onModuleDestroy();
    expect(discord.hopeless).toContain('token');
    expect(server.requests.map(({ status }) => status)).toEqual([401]);
    expect(told.join()).not.toContain('"wrong"');
  });

  it('is given up when the token is taken away later', async () => {
    await start();
    connect();
    await ready();
    server.gateway.close(4004);
    await server.waitFor(() => connected() === 0);
    await discord.onModuleDestroy();
    expect(discord.hopeless).toContain('token');
    expect(server.gateway.sessions).toHaveLength(1);
  });

  it('comes about when the gateway refuses at first, and only once', async () => {
    await start();
    server.gateway.refusing = true;
    connect();
    await server
      .waitFor(() => told.some((line) => line.includes('connection to Discord failed')), { timeoutMs: 5_000 })
      .catch(() => undefined);
    server.gateway.refusing = false;
    await ready();
    expect(connected()).toBe(1);
    expect(server.gateway.sessions).toHaveLength(1);
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
    ['is asked to reconnect', () => server.gateway.requestReconnect()],
    ['loses its session', () => server.gateway.invalidateSession()],
  ])('is made good when it %s', async (_, fate) => {
    await start();
    connect();
    await ready();
    const before = server.gateway.sessions.length + server.gateway.resumes;
    fate();
    await server.waitFor(() => server.gateway.sessions.length + server.gateway.resumes > before);
    await ready();
    expect(connected()).toBe(1);
  });
});
