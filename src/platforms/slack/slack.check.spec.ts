import { openSlackHome, SlackHome } from '../../../test/support/slack-home';
import { HealthReport } from '../../core/health-check';
import { SlackCheck } from './slack.check';

let home: SlackHome;
afterEach(() => home.close());

const check = (): Promise<HealthReport[]> => home.app.get(SlackCheck, { strict: false }).check();

describe('hark doctor', () => {
  it('finds everything in order', async () => {
    home = await openSlackHome();
    expect(await check()).toEqual([
      {
        name: 'slack',
        state: 'ok',
        detail: 'Slack accepts the bot token; hark is @hark in the workspace Acme.',
      },
      { name: 'slack scopes', state: 'ok', detail: 'Every scope that hark needs is granted.' },
      { name: 'slack socket', state: 'ok', detail: 'Slack accepts the app token for Socket Mode.' },
    ]);
  });

  it('names the missing scopes, and is broken without those that hark cannot do without', async () => {
    home = await openSlackHome();
    const { scopes } = home.slack.world.team().bot;
    scopes.delete('mpim:history');
    expect(await check()).toContainEqual({
      name: 'slack scopes',
      state: 'warning',
      detail: 'Not granted: mpim:history (without it hark hears nothing in group messages).',
      remedy: expect.stringContaining('OAuth & Permissions'),
    });
    scopes.delete('files:read');
    expect(await check()).toContainEqual(
      expect.objectContaining({
        state: 'broken',
        detail: expect.stringMatching(/files:read .*, mpim:history/),
      }),
    );
  });

  it('says which token Slack does not take', async () => {
    const wrong = 'xoxb-1-wrong';
    home = await openSlackHome({ variables: { SLACK_BOT_TOKEN: wrong, SLACK_APP_TOKEN: 'xapp-1-wrong' } });
    const reports = await check();
    expect(reports.map(({ state }) => state)).toEqual(['broken', 'broken']);
    expect(reports[0]?.remedy).toContain('SLACK_BOT_TOKEN');
    expect(reports[1]?.remedy).toContain('SLACK_APP_TOKEN');
    expect(JSON.stringify(reports)).not.toContain('wrong');
  });

  it('names the scope that the app token lacks', async () => {
    home = await openSlackHome();
    home.slack.appScopes.delete('connections:write');
    expect(await check()).toContainEqual(
      expect.objectContaining({ state: 'broken', detail: 'The scope connections:write is missing.' }),
    );
  });

  it('says where requests are expected', async () => {
    home = await openSlackHome({ variables: { SLACK_SIGNING_SECRET: 'a-secret' } });
    expect(await check()).toContainEqual({
      name: 'slack requests',
      state: 'ok',
      detail: 'Signed requests are expected at POST /slack/events.',
    });
    expect(home.slack.log.callsOf('apps.connections.open')).toEqual([]);
  });

  it('does not wait for a Slack that does not answer', async () => {
    home = await openSlackHome();
    const never = Promise.withResolvers<void>();
    home.slack.faults.next({ method: 'auth.test', kind: 'hold', until: never.promise });
    expect((await check())[0]).toMatchObject({
      state: 'broken',
      detail: 'Slack cannot be reached at present.',
    });
    never.resolve();
  }, 10_000);
});

describe('a running service', () => {
  it('tells whether its socket is open, without asking Slack for another one', async () => {
    home = await openSlackHome({ roles: ['bot'] });
    await home.slack.waitForSockets();
    const opened = home.slack.log.callsOf('apps.connections.open').length;
    const mara = home.slack.world.addUser();
    const channel = home.slack.world.addChannel({ creator: mara });
    const [delivery] = home.slack.people.say({ user: mara, channel, text: 'hello' }).deliveries;
    if (delivery) await home.slack.waitForAck(delivery);
    expect(await check()).toContainEqual({
      name: 'slack socket',
      state: 'ok',
      detail: 'Socket Mode is connected.',
    });
    expect(home.slack.log.callsOf('apps.connections.open')).toHaveLength(opened);
  });
});
