import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { Faults } from './faults';
import { Gateway } from './gateway/gateway';
import { Observing } from './observing';
import { PrivilegedIntent } from './payloads/account-payload';
import { Commanding } from './people/commanding';
import { Asking, InteractionOpener } from './people/interaction-opener';
import { Operating } from './people/operating';
import { Post, Posting, VoicePost } from './people/posting';
import { SlashValue } from './people/slash-options';
import { Realm } from './realm';
import { RateLimiter, RateRule } from './rest/rate-limiter';
import { RestServer } from './rest/rest-server';
import { CommandRegister } from './state/command-register';
import { InteractionRecord } from './state/interaction-desk';
import { StoredMessage } from './state/message-board';
import { Ref } from './state/snowflakes';
import { World } from './state/world';
import { WorldBuilder } from './state/world-builder';
import { WorldEvents } from './state/world-events';

export interface DiscordServerOptions {
  /** The only token that is accepted. */
  token?: string;
  botName?: string;
  /** The gateway's heartbeat interval, 41,250 ms unless told. */
  heartbeatMs?: number;
  /** How long an interaction waits for its first response, 3,000 ms as Discord's unless told. */
  interactionCallbackMs?: number;
  /** Privileged intents switched on in the portal; message content unless told. */
  grantedIntents?: PrivilegedIntent[];
  /** Enforced limits, e.g. `DISCORD_RATES`; none unless told. */
  rates?: RateRule[];
  /** Requests a second in all; Discord's is 50, 0 (unless told) is no limit. */
  globalPerSecond?: number;
}

/**
 * A Discord of one's own on 127.0.0.1: REST v10, gateway v10 and CDN on one port, for one app.
 *
 * `build` makes people and places, `change` alters them; the `post…`, `use…` and `click…` methods are what users do;
 * `gateway`, `faults`, `rates` and `advance` are what goes wrong; `requests`, `messages` and `waitFor…` are what came
 * of it. Every wait ends with the event it waits for, or with an error that tells what was seen instead.
 */
export class DiscordServer extends Observing {
  readonly #http: Server;
  readonly #posting: Posting;
  readonly #commanding: Commanding;
  readonly #operating: Operating;
  readonly #stopped = Promise.withResolvers<void>();

  private constructor(realm: Realm) {
    super(realm);
    this.#posting = new Posting(realm);
    const opener = new InteractionOpener(realm);
    this.#commanding = new Commanding(realm, this.#posting, opener);
    this.#operating = new Operating(realm, opener);
    const rest = new RestServer(realm, this.#stopped.promise);
    this.#http = createServer((request, response) => {
      rest.serve(request, response).catch((error: unknown) => {
        // A client that went away in the middle is no error of this server.
        if (!request.socket.destroyed) realm.journal.crashes.push(error);
        response.destroy();
      });
    });
    // Longer than any test: a connection that the server gives up looks like a lost answer to the client.
    this.#http.keepAliveTimeout = 600_000;
    this.#http.on('upgrade', (request, socket, head) => realm.gateway.upgrade(request, socket, head));
  }

  static async start(options: DiscordServerOptions = {}): Promise<DiscordServer> {
    const realm = new Realm({
      token: options.token ?? 'MTIzNDU2Nzg5MDEyMzQ1Njc4.local.only-for-this-server',
      botName: options.botName ?? 'hark',
      heartbeatMs: options.heartbeatMs ?? 41_250,
      callbackMs: options.interactionCallbackMs ?? 3_000,
      grantedIntents: options.grantedIntents ?? ['messageContent'],
    });
    realm.rates.rules = options.rates ?? [];
    realm.rates.globalPerSecond = options.globalPerSecond ?? 0;
    const server = new DiscordServer(realm);
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve));
    realm.cdn.origin = `http://${server.cdnHost}`;
    realm.gateway.address = `ws://${server.cdnHost}`;
    return server;
  }

  /** @throws AggregateError when this server itself made mistakes meanwhile */
  async stop(): Promise<void> {
    this.#stopped.resolve();
    this.realm.gateway.stop();
    const closed = new Promise((resolve) => this.#http.close(resolve));
    this.#http.closeAllConnections();
    await closed;
    const { crashes } = this.realm.journal;
    if (crashes.length > 0) throw new AggregateError(crashes, 'The local Discord made mistakes.');
  }

  /** For `DISCORD_API_URL`. */
  get apiUrl(): string {
    return `http://${this.cdnHost}/api`;
  }

  /** `host:port` of the attachments, for `MEDIA_ALLOW_HOSTS`. */
  get cdnHost(): string {
    return `127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** For `DISCORD_TOKEN`. */
  get token(): string {
    return this.realm.settings.token;
  }

  get world(): World {
    return this.realm.world;
  }

  get build(): WorldBuilder {
    return this.realm.builder;
  }

  get change(): WorldEvents {
    return this.realm.events;
  }

  get gateway(): Gateway {
    return this.realm.gateway;
  }

  get faults(): Faults {
    return this.realm.faults;
  }

  get rates(): RateLimiter {
    return this.realm.rates;
  }

  get commands(): CommandRegister {
    return this.realm.commands;
  }

  /** Lets this Discord's clock skip time: tokens, nonces, signatures and rate limits age at once. */
  advance(milliseconds: number): void {
    this.realm.clock.skip(milliseconds);
    this.realm.journal.changed();
  }

  /** Every attachment address given out so far is dead; fetching the message again gives a live one. */
  expireAttachments(): void {
    this.realm.cdn.expire();
  }

  /** The next `count` new messages or interactions reach the bot twice. */
  dispatchTwice(count = 1): void {
    this.realm.gateway.duplicateNext(count);
  }

  post(post: Post): StoredMessage {
    return this.#posting.post(post);
  }

  postVoiceMessage(post: VoicePost): StoredMessage {
    return this.#posting.postVoiceMessage(post);
  }

  forward(original: Ref, to: { channel: Ref; author: Ref }): StoredMessage {
    return this.#posting.forward(original, to);
  }

  editMessage(message: Ref, content: string): void {
    this.#posting.edit(message, content);
  }

  removeAttachment(message: Ref, attachment: Ref): void {
    this.#posting.removeAttachment(message, attachment);
  }

  /** Several at once are a bulk deletion. */
  deleteMessages(...messages: Ref[]): void {
    this.#posting.delete(...messages);
  }

  /** `name` may hold subcommands (`hark settings`). @throws Error for what Discord would not offer */
  useSlash(asking: Asking & { name: string; options?: Record<string, SlashValue> }): InteractionRecord {
    return this.#commanding.slash(asking);
  }

  /** Types into an option of a command that makes suggestions. */
  typeOption(asking: Asking & { name: string; option: string; typed: string }): InteractionRecord {
    return this.#commanding.type(asking);
  }

  /** A message's context menu. */
  useContextMenu(asking: { name: string; message: Ref; user: Ref; sizeLimit?: number }): InteractionRecord {
    return this.#commanding.messageMenu(asking);
  }

  useUserMenu(asking: Asking & { name: string; target: Ref }): InteractionRecord {
    return this.#commanding.userMenu(asking);
  }

  clickButton(message: Ref, customId: string, user: Ref): InteractionRecord {
    return this.#operating.click(message, customId, user);
  }

  chooseOptions(message: Ref, customId: string, values: string[], user: Ref): InteractionRecord {
    return this.#operating.choose(message, customId, values, user);
  }

  /** Chooses a role or a person. */
  chooseMention(message: Ref, customId: string, chosen: Ref, user: Ref): InteractionRecord {
    return this.#operating.mention(message, customId, chosen, user);
  }

  /** Fills in and sends the form that answered `shown`. */
  submitModal(shown: InteractionRecord, values: Record<string, string>): InteractionRecord {
    return this.#operating.submit(shown, values);
  }
}
