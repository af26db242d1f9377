import { DiscordHome, DiscordHomeOptions, openDiscordHome } from '../../../test/support/discord-home';
import { HealthReport } from '../../core/health-check';
import { HealthRegistry } from '../../core/health.registry';
import { DiscordCheck } from './discord.check';
import { DiscordClient } from './discord.client';

describe('the look at Discord', () => {
  let home: DiscordHome;
  afterEach(() => home.close());

  async function look(options: DiscordHomeOptions = {}): Promise<HealthReport[]> {
    home = await openDiscordHome(options);
    return home.app.get(DiscordCheck, { strict: false }).check();
  }

  it('finds all well, and has a link by which hark is invited', async () => {
    const [report, ...more] = await look();
    expect(report).toMatchObject({ name: 'discord', state: 'ok' });
    expect(more).toEqual([]);
    const link = new URL(/https:\S+/.exec(report?.detail ?? '')?.[0] ?? '');
    expect(link.searchParams.get('client_id')).toBe(home.server.world.application.id);
    expect(link.searchParams.get('scope')).toBe('bot applications.commands');
    // View, read history, send (in threads, too), attach files, react, connect: nothing else, above all no administration.
    expect(BigInt(link.searchParams.get('permissions') ?? 0)).toBe(
      (1n << 10n) | (1n << 16n) | (1n << 11n) | (1n << 38n) | (1n << 15n) | (1n << 6n) | (1n << 20n),
    );
    expect(home.server.gateway.sessions).toEqual([]);
  });

  it('stands beside the platforms that are switched off', async () => {
    await look();
    const reports = await home.app.get(HealthRegistry, { strict: false }).report();
    expect(reports).toContainEqual({ name: 'slack', state: 'off', detail: 'SLACK_BOT_TOKEN is not set.' });
    expect(reports.filter(({ name }) => name === 'discord')).toHaveLength(1);
  });

  it('warns of message content that is not granted', async () => {
    const reports = await look({ grantedIntents: [] });
    expect(reports.map(({ state }) => state)).toEqual(['ok', 'warning']);
    expect(reports[1]?.detail).toContain('message content intent');
    expect(reports[1]?.remedy).toContain('https://discord.com/developers/applications');
  });

  it('names a token that is not accepted, and how to get another one', async () => {
    const [report] = await look({ variables: { DISCORD_TOKEN: 'wrong' } });
    expect(report).toMatchObject({ state: 'broken', detail: expect.stringContaining('token') as string });
    expect(report?.remedy).toContain('Reset Token');
  });

  it('names a Discord that is away', async () => {
    home = await openDiscordHome();
    home.server.faults.next({ path: /./, times: 9, fault: { kind: 'status', status: 503 } });
    const [report] = await home.app.get(DiscordCheck, { strict: false }).check();
    expect(report).toMatchObject({ state: 'broken', detail: expect.stringContaining('reached') as string });
    expect(report?.remedy).toBeUndefined();
  });

  it('knows from the connection how things are, where there is one', async () => {
    home = await openDiscordHome({ roles: ['bot'], grantedIntents: [] });
    const check = home.app.get(DiscordCheck, { strict: false });
    const client = home.app.get(DiscordClient, { strict: false });
    await home.server.waitFor(() => home.server.presence !== undefined);
    while (!client.ready) await new Promise((resolve) => setImmediate(resolve));
    const asked = home.server.requests.length;
    expect((await check.check()).map(({ state }) => state)).toEqual(['ok', 'warning']);
    expect(home.server.requests).toHaveLength(asked);
    home.server.gateway.close(4004);
    while (!client.hopeless) await new Promise((resolve) => setImmediate(resolve));
    expect(await check.check()).toMatchObject([{ state: 'broken' }]);
  });
});
