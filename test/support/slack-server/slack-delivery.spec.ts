import { App, BlockAction } from '@slack/bolt';
import { button, clientOf, errorOf, httpApp, socketApp } from './bolt-app';
import { SlackServer } from './slack-server';

let slack: SlackServer;
let app: App | undefined;

afterEach(async () => {
  await app?.stop();
  app = undefined;
  await slack.stop();
});

describe('Socket Mode', () => {
  beforeEach(async () => {
    slack = await SlackServer.start();
    app = socketApp(slack);
    await app.start();
    await slack.waitForSockets();
  });

  it('loses nothing while the socket is refreshed or cut', async () => {
    const texts: string[] = [];
    app?.message(async ({ message }) => {
      texts.push((message as { text: string }).text);
      slack.log.changed();
      return Promise.resolve();
    });
    const mara = slack.world.addUser();
    const channel = slack.world.addChannel({ creator: mara });
    const refreshed = slack.refreshSocket();
    const { deliveries } = slack.people.say({ user: mara, channel, text: 'in between' });
    await refreshed;
    await slack.waitFor('the message', () => texts.length === 1);
    expect(deliveries[0]?.attempts[0]?.outcome).toMatchObject({ reason: 'no_socket' });

    for (const delivery of deliveries) await slack.waitForAck(delivery);
    slack.sockets.cut();
    slack.people.say({ user: mara, channel, text: 'after the cut' });
    await slack.waitFor('the second message', () => texts.length === 2);
    expect(texts).toEqual(['in between', 'after the cut']);
  });

  it('gives a ticket for one connection only', async () => {
    const api = clientOf(slack, slack.appToken);
    const { url = '' } = await api.apps.connections.open();
    const opened = (address: string) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(address);
        socket.onopen = () => {
          socket.close();
          resolve(true);
        };
        socket.onerror = () => resolve(false);
      });
    expect(await opened(url)).toBe(true);
    expect(await opened(url)).toBe(false);
    expect(await errorOf(clientOf(slack).apps.connections.open())).toBe('not_allowed_token_type');
    slack.appScopes.clear();
    expect(await errorOf(api.apps.connections.open())).toBe('missing_scope');
  });

  it('sends no command without a socket', async () => {
    await app?.stop();
    app = undefined;
    await slack.waitFor('the socket to go', () => slack.sockets.usable.length === 0);
    const mara = slack.world.addUser();
    const channel = slack.world.addChannel({ creator: mara });
    const delivery = await slack.gestures.command({ user: mara, channel, command: '/hark' });
    expect(delivery).toMatchObject({ state: 'given_up', attempts: [{ outcome: { reason: 'no_socket' } }] });
  });
});

describe('HTTP', () => {
  it('checks the request URL, and Bolt refuses what is not signed by Slack', async () => {
    slack = await SlackServer.start();
    const http = httpApp(slack);
    app = http.app;
    await http.start();
    let heard = 0;
    app.message(async () => Promise.resolve(void (heard += 1)));
    expect(await slack.verifyUrl()).toBe(true);
    const mara = slack.world.addUser();
    const channel = slack.world.addChannel({ creator: mara });
    for (const forgery of ['bad', 'missing', 'stale', 'tampered'] as const)
      expect([forgery, await slack.forge(forgery, mara, channel)]).toEqual([forgery, 401]);
    const { deliveries } = slack.people.say({ user: mara, channel, text: 'signed' });
    for (const delivery of deliveries) await slack.waitForAck(delivery);
    expect(heard).toBe(1);
  });

  it('tries three times more, at once, after a minute and after five', async () => {
    slack = await SlackServer.start();
    slack.deliverTo('http://127.0.0.1:9/slack/events');
    const mara = slack.world.addUser();
    const channel = slack.world.addChannel({ creator: mara });
    const [delivery] = slack.people.say({ user: mara, channel, text: 'nobody there' }).deliveries;
    const tried = (count: number) =>
      slack.waitFor(
        `attempt ${count}`,
        () => delivery?.attempts.length === count && delivery.attempts.at(-1)?.outcome,
      );
    expect(await tried(2)).toEqual({ ok: false, reason: 'connection_failed' });
    slack.advance(60_000);
    await tried(3);
    slack.advance(300_000);
    await tried(4);
    expect(delivery).toMatchObject({ state: 'given_up' });
  });
});

describe('what people do', () => {
  it('reaches the app as the events it has subscribed to and may have', async () => {
    slack = await SlackServer.start({ subscriptions: ['app_mention', 'message.im', 'app_home_opened'] });
    const http = httpApp(slack);
    app = http.app;
    await http.start();
    const heard: string[] = [];
    const api = clientOf(slack);
    app.event('app_mention', async ({ event }) =>
      Promise.resolve(void heard.push(`mention ${event.channel}`)),
    );
    app.message(async ({ message }) => Promise.resolve(void heard.push(`message ${message.subtype}`)));
    app.event('app_home_opened', async ({ event }) => {
      const blocks = [button('search', 'go')];
      await api.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
    });
    app.action('search', async ({ ack, body }) => {
      await ack();
      heard.push(`${body.type} in ${(body as BlockAction).view?.type}`);
    });
    const mara = slack.world.addUser();
    const channel = slack.world.addChannel({ creator: mara });
    const dm = slack.world.im(mara);
    const ask = `<@${slack.botUserId}> what did she say?`;
    const asked = slack.people.say({ user: mara, channel, text: ask });
    const direct = slack.people.say({ user: mara, channel: dm, text: ask });
    slack.people.editMessage(direct.message, 'never mind');
    slack.people.deleteMessage(direct.message);
    slack.channels.leave(channel, mara);
    await slack.waitFor('all acknowledgements', () =>
      slack.deliveries.deliveries.every(({ state }) => state === 'acked'),
    );
    expect(heard.sort()).toEqual(
      [
        `mention ${channel.id}`,
        'message message_changed',
        'message message_deleted',
        'message undefined',
      ].sort(),
    );
    expect(asked.deliveries).toHaveLength(1);
    expect(slack.log.suppressed.map(({ reason, detail }) => `${reason} ${detail}`)).toEqual([
      'not_subscribed message.channels',
      'not_subscribed member_left_channel',
    ]);

    slack.views.openHome(mara);
    const home = await slack.waitFor('the Home tab', () => slack.views.homeOf(mara.id));
    await slack.gestures.actInView(mara, home, 'search');
    await slack.waitFor('the search', () => heard.includes('block_actions in home'));
  });

  it('turns a deleted message with replies into a tombstone, and tells of a channel that goes', async () => {
    slack = await SlackServer.start();
    const mara = slack.world.addUser();
    const channel = slack.world.addChannel({ kind: 'group', creator: mara });
    const note = slack.people.say({ user: mara, channel, text: 'note' }).message;
    await clientOf(slack).chat.postMessage({ channel: channel.id, thread_ts: note.ts, text: 'words' });
    slack.people.deleteMessage(note);
    slack.channels.archive(channel, mara);
    slack.channels.delete(channel, mara);
    const events = slack.deliveries.deliveries.map(({ body }) => body.event);
    expect(events.slice(-3)).toMatchObject([
      { subtype: 'message_changed', message: { subtype: 'tombstone' }, previous_message: { text: 'note' } },
      { type: 'group_archive' },
      { type: 'group_deleted' },
    ]);
    expect(await errorOf(clientOf(slack).conversations.info({ channel: channel.id }))).toBe(
      'channel_not_found',
    );
  });

  it('lists conversations page by page and opens direct ones', async () => {
    slack = await SlackServer.start();
    const mara = slack.world.addUser({ isAdmin: true, locale: 'de-DE' });
    for (const kind of ['channel', 'group', 'channel'] as const)
      slack.world.addChannel({ kind, creator: mara });
    slack.world.addChannel({ withBot: false });
    const types = 'public_channel,private_channel';
    const pages: number[] = [];
    for await (const page of clientOf(slack).paginate('users.conversations', { types, limit: 2 }))
      pages.push((page as { channels?: unknown[] }).channels?.length ?? 0);
    expect(pages).toEqual([2, 1]);
    const opened = await clientOf(slack).conversations.open({ users: mara.id, return_im: true });
    expect(opened.channel).toMatchObject({ is_im: true, user: mara.id });
    const { user } = await clientOf(slack).users.info({ user: mara.id, include_locale: true });
    expect(user).toMatchObject({ is_admin: true, locale: 'de-DE', is_bot: false });
    const asJson = await fetch(`${slack.apiUrl}conversations.members`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: opened.channel?.id }),
    });
    expect(await asJson.json()).toMatchObject({ ok: true, members: [mara.id, slack.botUserId] });
  });
});
