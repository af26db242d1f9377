import { randomUUID } from 'node:crypto';
import { Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { TaskCancelledError, TimeoutStrategy, timeout } from 'cockatiel';
import { Redis, RedisOptions } from 'ioredis';
import { HarkError } from '../core/errors';
import { Settings } from '../settings/settings';
import { QueueTimings } from './queue-timings';
import { eventsChannel, maskRedisUrl } from './redis-address';
import { settledWithin } from './settled-within';

const OPTIONS: RedisOptions = {
  // Both as Bull's blocking and subscribing clients need them.
  maxRetriesPerRequest: null,
  enableReadyCheck: false,
  // The defaults take up to 17 s to notice that Redis is back.
  retryStrategy: (attempt) => Math.min(attempt * 200, 2_000),
  connectTimeout: 5_000,
  disconnectTimeout: 500,
  keepAlive: 10_000,
};

/** Nothing is under way that would end in a connection, or nothing that an early try could disturb. */
const IDLE = new Set(['end', 'close', 'reconnecting']);

/** After so many questions without an answer, connections that look well are taken for dead. */
const PATIENCE = 3;

/** The connections to Redis: one for commands, one that listens, and one for each Bull queue that blocks. */
@Injectable()
export class RedisConnections implements OnApplicationShutdown {
  /** What all connections of this process are called in Redis. */
  readonly name = `hark-${randomUUID()}`;
  /** Without the password. */
  readonly address: string;
  readonly eventsChannel: string;
  readonly commands: Redis;
  readonly subscriber: Redis;
  private readonly logger = new Logger('Redis');
  private readonly url: string;
  private readonly all: Redis[] = [];
  private readonly timer: NodeJS.Timeout;
  private down = false;
  private unanswered = 0;
  private closing?: Promise<void>;

  constructor(
    settings: Settings,
    private readonly timings: QueueTimings,
  ) {
    if (settings.redisUrl === undefined) throw new Error('REDIS_URL is not set');
    this.url = settings.redisUrl;
    this.address = maskRedisUrl(this.url);
    this.eventsChannel = eventsChannel(this.url);
    this.commands = this.open();
    this.subscriber = this.open();
    this.commands.on('error', (error) => this.lost(error));
    this.commands.on('ready', () => this.found());
    this.timer = setInterval(() => this.revive(), timings.heartbeatMs).unref();
  }

  get ready(): boolean {
    return this.commands.status === 'ready';
  }

  /** What Bull asks for its connections. */
  clientFor(type: 'client' | 'subscriber' | 'bclient'): Redis {
    if (type === 'client') return this.commands;
    return type === 'subscriber' ? this.subscriber : this.open();
  }

  /** @throws HarkError `service_unavailable` when Redis does not answer in time, at once when it is known to be away */
  async ask<T>(question: () => Promise<T>): Promise<T> {
    if (!this.ready && (this.down || this.closing)) throw unavailable();
    try {
      // Just after the start the question waits in the client until the connection stands.
      const answer = await timeout(this.timings.redisMs, TimeoutStrategy.Aggressive).execute(question);
      this.unanswered = 0;
      return answer;
    } catch (error) {
      if (error instanceof TaskCancelledError && ++this.unanswered % PATIENCE === 0) this.connectAnew();
      throw unavailable(error);
    }
  }

  /** Calls back once Redis is there: now, or when it answers for the first time. */
  whenReady(listener: () => void): void {
    if (this.ready) listener();
    else this.commands.once('ready', listener);
  }

  /**
   * Cuts off a process that stands still: Redis would go on handing it ids, for which it has asked before. One that is
   * well connects again by itself.
   *
   * @param name of its connections
   * @throws HarkError `service_unavailable`
   */
  async cutOff(name: string): Promise<void> {
    const list = String(await this.ask(() => this.commands.client('LIST')));
    const ids = list.split('\n').flatMap((line) => {
      return line.includes(` name=${name} `) ? (/^id=(\d+) /.exec(line)?.[1] ?? []) : [];
    });
    for (const id of ids) await this.ask(() => this.commands.client('KILL', 'ID', id));
  }

  /** Resolves when all connections stand that are on their way, or after a moment, or at once while Redis is away. */
  async standing(): Promise<void> {
    if (!this.ready) return;
    const coming = this.all.filter(({ status }) => status !== 'ready' && status !== 'end');
    const stand = coming.map(
      (client) => new Promise<void>((resolve) => client.once('ready', () => resolve())),
    );
    await settledWithin(Promise.all(stand), this.timings.redisMs);
  }

  /** Resolves when every command that was under way has been answered. @throws HarkError `service_unavailable` */
  async settle(): Promise<void> {
    // Commands that follow from promises which have just been settled are written first.
    await new Promise((resolve) => setImmediate(resolve));
    await this.ask(() => this.commands.ping());
  }

  /** Takes about a second at most, whatever state Redis is in. */
  close(): Promise<void> {
    clearInterval(this.timer);
    this.closing ??= Promise.all(this.all.map((client) => hangUp(client))).then(() => undefined);
    return this.closing;
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }

  private open(): Redis {
    const client = new Redis(this.url, { ...OPTIONS, connectionName: this.name });
    // Two queues and the events share connections.
    client.setMaxListeners(50);
    client.on('error', () => undefined);
    // Bull connects its blocking client anew while it closes.
    client.on('connect', () => this.closing && client.disconnect());
    this.all.push(client);
    return client;
  }

  /** Bull's blocking client would wait for ever on a connection that has died without a word. */
  private connectAnew(): void {
    for (const client of this.all) if (client.status === 'ready') client.disconnect(!this.closing);
  }

  /** Bull closes its blocking client to stop waiting, and where that meets an outage it does not open it again. */
  private revive(): void {
    if (!this.ready || this.closing) return;
    for (const client of this.all) if (IDLE.has(client.status)) client.connect().catch(() => undefined);
  }

  private lost(error: NodeJS.ErrnoException): void {
    if (this.down) return;
    this.down = true;
    const why = error.code ?? error.message;
    this.logger.warn(`Redis at ${this.address} does not answer (${why}). Work waits until it is back.`);
  }

  private found(): void {
    if (this.down) this.logger.log(`Redis at ${this.address} answers again.`);
    this.down = false;
  }
}

function unavailable(cause?: unknown): HarkError {
  return new HarkError('service_unavailable', 'The queue does not answer. Work waits until it is back.', {
    retryable: true,
    cause,
  });
}

/** Lets what is on its way arrive, but not for long. */
async function hangUp(client: Redis): Promise<void> {
  if (client.status === 'ready') await settledWithin(client.quit(), 500);
  client.disconnect();
}
