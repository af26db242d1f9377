import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { INestApplication } from '@nestjs/common';
import { createService } from '../../app.module';
import { slackSettings } from '../../../test/support/slack-home';
import { Channel, User } from '../../../test/support/slack-server/slack-model';
import { SlackServer } from '../../../test/support/slack-server/slack-server';
import { SlackApp } from './slack.app';
import { SlackSocketTransport } from './slack-socket.transport';

interface Heard {
  text: string;
  retry?: number;
  botUserId?: string;
}

let slack: SlackServer;
let service: INestApplication;
let dataDir: string;
let mara: User;
let channel: Channel;
let heard: Heard[];

/** hark with the role that talks to Slack, on a free port. */
async function start(variables?: Record<string, string>): Promise<void> {
  dataDir = await mkdtemp(join(tmpdir(), 'hark-slack-'));
  service = await createService(slackSettings(slack, dataDir, ['bot'], variables));
  service.get(SlackApp, { strict: false }).bolt.message(({ message, context }) => {
    const text = 'text' in message ? (message.text ?? '') : '';
    heard.push({ text, retry: context.retryNum, botUserId: context.botUserId });
    slack.log.changed();
    return Promise.resolve();
  });
  await service.listen(0, '127.0.0.1');
}

beforeEach(async () => {
  slack = await SlackServer.start();
  mara = slack.world.addUser({ name: 'mara' });
  channel = slack.world.addChannel({ creator: mara });
  heard = [];
});

afterEach(async () => {
  await service.close();
  await slack.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const say = (text: string) => slack.people.say({ user: mara, channel, text }).deliveries[0];
const heardText = (text: string) => slack.waitFor(`"${text}"`, () => heard.find((one) => one.text === text));

describe('over HTTP', () => {
  let url: string;

  beforeEach(async () => {
    await start({ SLACK_SIGNING_SECRET: slack.signingSecret });
    url = `${await service.getUrl()}/slack/events`;
    slack.deliverTo(url);
  });

  it('answers the challenge and hears signed events, with who hark is', async () => {
    expect(await slack.verifyUrl()).toBe(true);
    const delivery = say('hello');
    expect(await heardText('hello')).toMatchObject({ botUserId: slack.botUserId });
    if (delivery) await slack.waitForAck(delivery);
  });

  it.each(['bad', 'missing', 'stale', 'tampered'] as const)(
    'answers a %s signature with 401 and hears nothing',
    async (forgery) => {
      expect(await slack.forge(forgery, mara, channel)).toBe(401);
      say('genuine');
      await heardText('genuine');
      expect(heard.map(({ text }) => text)).toEqual(['genuine']);
      expect(slack.log.calls.filter(({ method }) => method !== 'auth.test')).toEqual([]);
    },
  );

  it('gives strangers 401 whatever they send, and no other method', async () => {
    const send = async (body: string, type: string): Promise<number> =>
      (await fetch(url, { method: 'POST', body, headers: { 'content-type': type } })).status;
    expect(await send('{', 'application/json')).toBe(401);
    expect(
      await send('payload=%7B%22type%22%3A%22block_actions%22%7D', 'application/x-www-form-urlencoded'),
    ).toBe(401);
    expect(await send('', 'text/plain')).toBe(401);
    expect((await fetch(url)).status).toBe(404);
    expect(heard).toEqual([]);
  });

  it('takes events that are larger than what the API takes', async () => {
    const text = 'long '.repeat(20_000).trim();
    say(text);
    await heardText(text);
  });

  it('hears an event again whose acknowledgement was lost', async () => {
    slack.deliveries.loseAcks();
    say('twice');
    await slack.waitFor('two deliveries', () => heard.length === 2);
    expect(heard.map(({ retry }) => retry)).toEqual([undefined, 1]);
  });

  it('has Slack come again while it cannot learn who it is', async () => {
    slack.faults.next({ method: 'auth.test', kind: 'status', status: 503 });
    const delivery = say('early');
    await slack.waitFor('a refusal', () => delivery?.attempts[0]?.outcome);
    expect(delivery?.attempts[0]?.outcome).toMatchObject({ ok: false, status: 503 });
    await heardText('early');
    expect(heard).toHaveLength(1);
  });
});

describe('over Socket Mode', () => {
  const connected = () => service.get(SlackSocketTransport, { strict: false });

  it('hears events and acknowledges them', async () => {
    await start();
    await slack.waitForSockets();
    const delivery = say('hello');
    expect(await heardText('hello')).toMatchObject({ botUserId: slack.botUserId });
    if (delivery) await slack.waitForAck(delivery);
  });

  it.each(['refresh_requested', 'warning'] as const)('loses nothing when Slack says %s', async (reason) => {
    await start();
    await slack.waitForSockets();
    const refreshed = slack.refreshSocket(reason);
    say('in between');
    await refreshed;
    await heardText('in between');
    say('afterwards');
    await heardText('afterwards');
  });

  it('connects again when the line is cut', async () => {
    await start();
    await slack.waitForSockets();
    const before = slack.sockets.opened;
    slack.sockets.cut();
    await slack.waitFor('another socket', () => slack.sockets.opened > before, 10_000);
    say('back');
    await heardText('back');
  });

  it('starts without Slack, says what is wrong, and connects as soon as it can', async () => {
    slack.faults.next({ method: 'apps.connections.open', kind: 'status', status: 503 });
    slack.faults.next({ method: 'apps.connections.open', kind: 'drop', when: 'before' });
    slack.faults.next({ method: 'apps.connections.open', kind: 'error', error: 'internal_error' });
    await start();
    await slack.waitForCall('apps.connections.open');
    expect(connected().connected).toBe(false);
    await slack.waitForSockets(1, 20_000);
    say('at last');
    await heardText('at last');
    expect(connected()).toMatchObject({ connected: true, problem: undefined });
  }, 30_000);

  it('leaves no socket open when it stops', async () => {
    await start();
    await slack.waitForSockets();
    await service.close();
    await slack.waitFor('the farewell', () => slack.sockets.usable.length === 0);
  });

  it('does not listen at the request URL', async () => {
    await start();
    const response = await fetch(`${await service.getUrl()}/slack/events`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
  });
});
