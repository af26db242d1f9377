import { App, AppOptions, HTTPReceiver, Logger, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt';
import { AddressInfo } from 'node:net';
import { SlackServer } from './slack-server';

const nothing = () => undefined;

/** The tests provoke errors; what the libraries write about them is of no use. */
const quiet: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};

/** A Bolt app that speaks with the server; it does not repeat calls by itself. */
function boltApp(slack: SlackServer, options: AppOptions = {}): App {
  return new App({
    token: slack.botToken,
    logger: quiet,
    ...options,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, ...options.clientOptions },
  });
}

/** The app in Socket Mode. Bolt waits its `clientPingTimeout` before it opens a new socket: kept short here. */
export function socketApp(slack: SlackServer): App {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    clientPingTimeout: 900,
    logger: quiet,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  return boltApp(slack, { receiver, socketMode: true });
}

/** The app behind a request URL of its own; `start` tells the server of it. */
export function httpApp(slack: SlackServer): { app: App; start: () => Promise<void> } {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logger: quiet });
  const app = boltApp(slack, { receiver });
  const start = async () => {
    const server = await receiver.start({ port: 0, host: '127.0.0.1' });
    slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  };
  return { app, start };
}

/** A client that neither repeats calls nor writes about them. */
export function clientOf(slack: SlackServer, token = slack.botToken): webApi.WebClient {
  const { apiUrl: slackApiUrl } = slack;
  return new webApi.WebClient(token, { slackApiUrl, retryConfig: { retries: 0 }, logger: quiet });
}

/** A download as hark makes it: with the bot's token, following nothing. */
export function download(slack: SlackServer, url: string): Promise<Response> {
  return fetch(url, { headers: { authorization: `Bearer ${slack.botToken}` }, redirect: 'manual' });
}

/** Slack's error, or the client's own; `none` when the call succeeds. */
export function errorOf(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => 'none',
    (error: { data?: { error?: string }; code?: string }) => error.data?.error ?? error.code,
  );
}

/** Blocks with one button. */
export function button(id: string, value: string) {
  const text = { type: 'plain_text' as const, text: 'Press' };
  return { type: 'actions' as const, elements: [{ type: 'button' as const, action_id: id, value, text }] };
}

export const audio = Buffer.from('OggS and then some bytes that stand for a voice');
