import { addAbortListener } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Client, Events } from 'discord.js';
import { retryDelayMs } from '../../core/retry-delay';
import { Settings } from '../../settings/settings';
import { GatewayClient } from './connection/gateway.client';
import { gatewayOptions } from './connection/gateway.options';
import { GatewayClosedError, verdictOn } from './connection/gateway.verdict';
import { CONTENT_MISSING } from './connection/message-content';

/** Registers what it wants to hear on a client that is not logged in yet. */
export type Wiring = (client: Client) => void;

/** The gateway connection of a process with the `bot` role: it is opened at start and kept open. */
@Injectable()
export class DiscordClient implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(DiscordClient.name);
  private readonly wirings: Wiring[] = [];
  private readonly stop = new AbortController();
  private client?: GatewayClient;
  private content = true;
  private end: Promise<void> = Promise.resolve();
  /** Why there will be no connection until the admin does something. */
  private obstacle?: string;

  constructor(private readonly settings: Settings) {}

  /**
   * Has every client wired before it logs in: there is another one after a connection that could not be made good, for
   * instance when message content was not granted. To be called before the application has started (`onModuleInit`).
   */
  wire(wiring: Wiring): void {
    this.wirings.push(wiring);
  }

  /** The client that is logged in. Undefined without the `bot` role and while there is no connection yet. */
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

  /** Connecting must not hold up the start: hark serves everything else meanwhile, and while Discord is away. */
  onApplicationBootstrap(): void {
    const { discord, roles } = this.settings;
    if (discord && roles.has('bot')) this.end = this.keepConnected(discord);
  }

  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    await this.end;
  }

  private async keepConnected(discord: NonNullable<Settings['discord']>): Promise<void> {
    const { signal } = this.stop;
    for (let failures = 0; !signal.aborted && this.obstacle === undefined;) {
      try {
        await this.connection(discord, () => (failures = 0));
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

  /** One connection from its login to its end, which is always an error, or the stop of hark. */
  private async connection(
    { token, apiUrl }: { token: string; apiUrl: string },
    onReady: () => void,
  ): Promise<void> {
    const client = new GatewayClient(gatewayOptions(apiUrl, this.content));
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
    for (const wiring of this.wirings) wiring(client);
    const stopping = addAbortListener(this.stop.signal, () => ended.reject(new Error('hark stops')));
    try {
      await Promise.race([client.begin(token), ended.promise]);
      await ended.promise;
    } finally {
      stopping[Symbol.dispose]();
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
