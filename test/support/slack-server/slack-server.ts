import { IncomingMessage, ServerResponse } from 'node:http';
import { Delivery } from './slack-delivery';
import { close, listen, Listener, sendText } from './slack-http';
import { Forgery, SlackHttpDelivery } from './slack-http-delivery';
import { Channel, EphemeralMessage, Message, User } from './slack-model';
import { ShareOptions } from './slack-people';
import { RecordedCall } from './slack-recorder';
import { TeamOptions } from './slack-world';

import { SlackParts } from './slack-parts';
export interface SlackServerOptions extends TeamOptions {
  /** Events as in a manifest's `bot_events`; all unless given. */
  subscriptions?: string[];
  /** Files get a host of their own, as in Slack; otherwise they share the API's. */
  separateFilesHost?: boolean;
}

/**
 * A Slack of one's own: Web API, Socket Mode, signed HTTP delivery, files, and people who use them. One app is installed
 * in one workspace (`world.addTeam()` makes more). Nothing leaves 127.0.0.1.
 *
 * @example
 * const slack = await SlackServer.start();
 * // start hark with SLACK_API_URL=slack.apiUrl, SLACK_BOT_TOKEN=slack.botToken, SLACK_APP_TOKEN=slack.appToken
 * await slack.waitForSockets();
 * const mara = slack.world.addUser({ name: 'mara' });
 * const channel = slack.world.addChannel({ creator: mara });
 * const { message } = slack.shareFile({ user: mara, channel, files: [{ content: audio }] });
 * await slack.waitForMessage(channel, ({ threadTs, text }) => threadTs === message.ts && text.includes('hello'));
 */
export class SlackServer extends SlackParts {
  private listeners: Listener[] = [];

  private constructor(options: SlackServerOptions) {
    super();
    this.world.addTeam(options);
    if (options.subscriptions) this.events.subscriptions = new Set(options.subscriptions);
  }

  static async start(options: SlackServerOptions = {}): Promise<SlackServer> {
    const slack = new SlackServer(options);
    const api = await listen((request, response) => slack.answer(request, response));
    const elsewhere = await listen((request, response) => slack.files.answerElsewhere(request, response));
    const files = options.separateFilesHost
      ? await listen((...exchange) => slack.answerFiles(...exchange))
      : api;
    slack.listeners = [...new Set([api, elsewhere, files])];
    Object.assign(slack.addresses, { api: api.host, files: files.host, elsewhere: elsewhere.host });
    slack.sockets.attach(api.server);
    return slack;
  }

  async stop(): Promise<void> {
    this.deliveries.stop();
    await this.sockets.stop();
    this.clock.stop();
    await Promise.all(this.listeners.map(close));
  }

  /** For `SLACK_API_URL` and `clientOptions.slackApiUrl`. */
  get apiUrl(): string {
    return `http://${this.addresses.api}/api/`;
  }

  /** `host:port` of `url_private` and of upload addresses. */
  get filesHost(): string {
    return this.addresses.files;
  }

  /** `host:port` of a host that is not Slack's, where `files.redirectElsewhere` leads. */
  get elsewhereHost(): string {
    return this.addresses.elsewhere;
  }

  get botToken(): string {
    return this.world.team().bot.token;
  }

  get botUserId(): string {
    return this.world.team().bot.userId;
  }

  /** Lets `ms` go by at once: retries, expiries and limits take place. */
  advance(ms: number): void {
    this.clock.advance(ms);
  }

  /** Delivers by signed HTTP to a request URL from now on; without one, by Socket Mode again. */
  deliverTo(url: string | undefined, signingSecret = this.signingSecret): void {
    this.http = url
      ? new SlackHttpDelivery(this.clock, url, signingSecret, this.app.verificationToken)
      : undefined;
  }

  /** Whether the request URL answers the challenge. */
  verifyUrl(): Promise<boolean> {
    return this.overHttp().verifyUrl();
  }

  /** Sends a message event of `user` in `channel` with a wrong signature. Returns the HTTP status. */
  forge(forgery: Forgery, user: User, channel: Channel, text = 'forged'): Promise<number> {
    const ts = this.ids.ts();
    const { id, kind } = channel;
    const event = { type: 'message', user: user.id, text, ts, event_ts: ts, channel: id, channel_type: kind };
    return this.overHttp().forge(forgery, this.events.envelope(this.world.team(), event));
  }

  /** Tells the app to open a new socket. Resolves once it has, and the old ones get nothing more. */
  async refreshSocket(
    reason: 'refresh_requested' | 'warning' = 'refresh_requested',
    timeoutMs = 10_000,
  ): Promise<void> {
    const before = this.sockets.opened;
    this.sockets.refresh(reason);
    await this.log.waitFor('a new socket', () => this.sockets.opened > before, timeoutMs);
  }

  /** See `SlackPeople.shareFile`. */
  shareFile(options: ShareOptions) {
    return this.people.shareFile(options);
  }

  /** Resolves when the app holds at least `count` sockets. */
  async waitForSockets(count = 1, timeoutMs = 10_000): Promise<void> {
    await this.log.waitFor(`${count} socket(s)`, () => this.sockets.usable.length >= count, timeoutMs);
  }

  /** Resolves with a message of the channel, replies included, once its present state fits. */
  waitForMessage(
    channel: Channel | string,
    fits: (message: Message) => boolean,
    timeoutMs?: number,
  ): Promise<Message> {
    const id = typeof channel === 'string' ? channel : channel.id;
    const seen = () => this.world.messagesIn(id).find(fits);
    return this.log.waitFor(`a message in ${id} that fits ${String(fits)}`, seen, timeoutMs);
  }

  /** Resolves with a message that only this user sees, once its present state fits. */
  waitForEphemeral(
    user: User,
    fits: (message: EphemeralMessage) => boolean,
    timeoutMs?: number,
  ): Promise<EphemeralMessage> {
    const seen = () =>
      this.world.ephemerals.find((message) => message.user === user.id && !message.gone && fits(message));
    return this.log.waitFor(
      `an ephemeral message to ${user.name} that fits ${String(fits)}`,
      seen,
      timeoutMs,
    );
  }

  /** Resolves with a call that fits; also of `response_url` and `upload`. */
  waitForCall(
    method: string,
    fits: (call: RecordedCall) => boolean = () => true,
    timeoutMs?: number,
  ): Promise<RecordedCall> {
    const seen = () => this.log.callsOf(method).find(fits);
    return this.log.waitFor(`a call of ${method} that fits ${String(fits)}`, seen, timeoutMs);
  }

  /** Resolves when the app has acknowledged a delivery. */
  async waitForAck(delivery: Delivery, timeoutMs?: number): Promise<Delivery> {
    const what = `the acknowledgement of ${JSON.stringify(delivery.body).slice(0, 300)}`;
    await this.log.waitFor(what, () => delivery.state === 'acked', timeoutMs);
    return delivery;
  }

  /** Resolves with the first truthy value of `look`, tried at every change. */
  waitFor<T>(what: string, look: () => T | undefined | null | false, timeoutMs?: number) {
    return this.log.waitFor(what, look, timeoutMs);
  }

  private overHttp(): SlackHttpDelivery {
    if (!this.http) throw new Error('Call deliverTo(url) first');
    return this.http;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = /^\/api\/([\w.]+)/.exec(request.url ?? '')?.[1];
    if (method) await this.api.answer(method, request, response);
    else if (!(await this.responseUrls.answer(request, response))) await this.answerFiles(request, response);
  }

  private async answerFiles(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!(await this.files.answer(request, response))) sendText(response, 404, 'Not Found');
  }
}
