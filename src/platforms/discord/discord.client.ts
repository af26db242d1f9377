import { addAbortListener } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Client, Events } from 'discord.js';
import { Leadership } from '../../core/leadership';
import { retryDelayMs } from '../../core/retry-delay';
import { Settings } from '../../settings/settings';
import { GatewayClient } from './connection/gateway.client';
import { gatewayOptions } from './connection/gateway.options';
import { GatewayClosedError, verdictOn } from './connection/gateway.verdict';
import { CONTENT_MISSING } from './connection/message-content';

/** Registers what it wants to hear on a client that is not logged in yet. @param signal ends the term */
export type Wiring = (client: Client, signal: AbortSignal) => void;

/** The gateway connection of the leader among the processes with the `bot` role, kept open for as long as it leads. */
@Injectable()
export class DiscordClient implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(DiscordClient.name);
  private readonly wirings: Wiring[] = [];
  private readonly farewells: (() => Promise<void>)[] = [];
  private readonly stop = new AbortController();
  private client?: GatewayClient;
  private content = true;
  private end: Promise<void> = Promise.resolve();
  /** Why there will be no connection until the admin does something. */
  private obstacle?: string;

  constructor(
    private readonly settings: Settings,
    private readonly leadership: Leadership,
  ) {}

  /**
   * Has every client wired before it logs in: there is another one after a connection that could not be made good, for
   * instance when message content was not granted. To be called before the application has started (`onModuleInit`).
   */
  wire(wiring: Wiring): void {
    this.wirings.push(wiring);
  }

  /** Has something done before a connection is given up, while it still is one. To be called like `wire`. */
  beforeLeaving(farewell: () => Promise<void>): void {
    this.farewells.push(farewell);
  }

  /** The client that is logged in. Undefined while this process does not lead, and while there is no connection yet. */
  get ready(): Client<true> | undefined {
    return this.client?.isReady() ? this.client : undefined;
  }

  /** False when Discord does not let hark read messages that neither mention it nor are sent to it. */
  get readsContent(): boolean {
    return this.content;
  }

  /** Why hark has given up connecting, in one sentence. */
  get hopeless(): string | undefined {
    return this.obstacle;
  }

  /** Resolves when what was heard may be acted on. @throws Interruption when another process leads by now */
  confirm(): Promise<void> {
    return this.leadership.confirm();
  }

  /** Connecting must not hold up the start: hark serves everything else meanwhile, and while Discord is away. */
  onModuleInit(): void {
    const { discord, roles } = this.settings;
    if (!discord || !roles.has('bot')) return;
    this.leadership.assume(({ signal }) => {
      this.obstacle = undefined;
      this.end = this.keepConnected(discord, AbortSignal.any([signal, this.stop.signal]));
      return this.end;
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    await this.end;
  }

  private async keepConnected(discord: NonNullable<Settings['discord']>, signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted && this.obstacle === undefined;) {
      try {
        await this.connection(discord, signal, () => (failures = 0));
      } catch (error) {
        if (signal.aborted) return;
        const pauseNeeded = this.conclude(error);
        if (pauseNeeded)
          await pause(retryDelayMs((failures += 1)), undefined, { signal, ref: false }).catch(
            () => undefined,
          );
      }
    }
  }

  /** One connection from its login to its end, which is always an error, or the end of its time. */
  private async connection(
    { token, apiUrl, voice }: NonNullable<Settings['discord']>,
    signal: AbortSignal,
    onReady: () => void,
  ): Promise<void> {
    const client = new GatewayClient(
      gatewayOptions(apiUrl, { content: this.content, voice }, () => this.confirm()),
    );
    this.client = client;
    const ended = Promise.withResolvers<never>();
    client.once(Events.ShardDisconnect, ({ code }) => ended.reject(new GatewayClosedError(code)));
    client.once(Events.ClientReady, ({ user, guilds }) => {
      onReady();
      this.logger.log({ msg: 'Connected to Discord', user: user.tag, servers: guilds.cache.size });
    });
    client.on(Events.Error, (error) =>
      this.logger.error({ err: error, msg: 'Something failed in Discord’s client' }),
    );
    client.on(Events.ShardError, (error) =>
      this.logger.warn({ err: error, msg: 'The connection to Discord failed' }),
    );
    for (const wiring of this.wirings) wiring(client, signal);
    const stopping = addAbortListener(signal, () => ended.reject(new Error('this process leads no more')));
    try {
      await Promise.race([client.begin(token), ended.promise]);
      await ended.promise;
    } finally {
      stopping[Symbol.dispose]();
      await Promise.allSettled(this.farewells.map((farewell) => farewell()));
      await client.destroy();
    }
  }

  /** Whether to wait before the next connection. */
  private conclude(error: unknown): boolean {
    const verdict = verdictOn(error);
    if (verdict === 'without-content') {
      this.content = false;
      this.logger.warn(`${CONTENT_MISSING.detail} ${CONTENT_MISSING.remedy}`);
      return false;
    }
    if (verdict === 'again') {
      this.logger.warn({ err: error, msg: 'Discord cannot be reached; hark tries again' });
      return true;
    }
    this.obstacle = verdict.hopeless;
    this.logger.error({ err: error, msg: `hark is not connected to Discord: ${verdict.hopeless}` });
    return false;
  }
}
