import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { SocketModeReceiver } from '@slack/bolt';
import { Clock } from '../../core/clock';
import { Leadership } from '../../core/leadership';
import { retryDelayMs } from '../../core/retry-delay';
import { Settings } from '../../settings/settings';
import { clientOptions } from './slack-client-options';
import { toHarkError } from './slack-error.mapper';
import { SlackApp } from './slack.app';
import { slackLogger } from './slack.logger';
import { SlackWorkspaces } from './slack.workspaces';

/** A connection that held so long was a good one: when it ends, another one is opened at once. */
const STEADY_MS = 5_000;
/** How long the farewell may take at shutdown. */
const FAREWELL_MS = 2_000;

/**
 * Socket Mode: hark opens the connection, so it needs no public address. Slack asks for a new socket every few hours.
 * Bolt would wait five seconds with that, ever longer after an outage, and end the process when a reconnection fails;
 * so connecting again is done here. Of several processes with the `bot` role the leader holds the socket.
 */
@Injectable()
export class SlackSocketTransport implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(SlackSocketTransport.name);
  private readonly receiver?: SocketModeReceiver;
  private readonly stop = new AbortController();
  private running?: Promise<void>;
  private lastProblem?: string;
  private open = false;

  constructor(
    private readonly app: SlackApp,
    private readonly workspaces: SlackWorkspaces,
    private readonly clock: Clock,
    private readonly leadership: Leadership,
    { roles, slack }: Settings,
  ) {
    if (!roles.has('bot') || slack?.appToken === undefined) return;
    this.receiver = new SocketModeReceiver({
      appToken: slack.appToken,
      autoReconnectEnabled: false,
      logger: slackLogger('SlackSocket'),
      // What was not taken in is left unanswered: Slack sends it again.
      processEventErrorHandler: () => Promise.resolve(false),
      installerOptions: { clientOptions: clientOptions(slack.apiUrl) },
    });
    this.receiver.init(app.heardBy(() => leadership.confirm()));
  }

  /** Undefined where this process has no socket to hold, or stands by. */
  get connected(): boolean | undefined {
    return this.receiver && this.leadership.term && this.open;
  }

  /** Why there is no connection, in one sentence. */
  get problem(): string | undefined {
    return this.lastProblem;
  }

  onModuleInit(): void {
    const { receiver } = this;
    if (!receiver) return;
    this.leadership.assume(async ({ signal }) => {
      this.running = this.hold(receiver.client, AbortSignal.any([signal, this.stop.signal]));
      await this.running;
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  /** Until `signal` fires, and the farewell has been said or takes too long. */
  private async hold(client: SocketModeReceiver['client'], signal: AbortSignal): Promise<void> {
    const connected = this.stayConnected(client, signal);
    if (!signal.aborted) await once(signal, 'abort');
    const farewell = Promise.all([client.disconnect(), connected]).catch(() => undefined);
    await Promise.race([farewell, sleep(FAREWELL_MS, undefined, { ref: false })]);
  }

  private async stayConnected(client: SocketModeReceiver['client'], signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      const begun = performance.now();
      const retryAt = await this.connection(client).catch((error: unknown) => this.failed(error, signal));
      this.open = false;
      failures = performance.now() - begun >= STEADY_MS ? 0 : failures + 1;
      if (failures > 0) await this.pause(failures, retryAt, signal);
    }
  }

  /** One connection, until it ends. */
  private async connection(client: SocketModeReceiver['client']): Promise<undefined> {
    // What arrives before hark knows who it is could not be told from its own messages.
    await this.workspaces.of().identity();
    const ended = new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
    await client.start();
    this.open = true;
    if (this.lastProblem !== undefined) this.logger.log('Connected to Slack again.');
    this.lastProblem = undefined;
    await ended;
  }

  private failed(error: unknown, signal: AbortSignal): Date | undefined {
    if (signal.aborted) return undefined;
    const { userMessage, retryAt } = toHarkError(error, this.clock.now());
    if (userMessage !== this.lastProblem) {
      this.logger.warn({ err: error, msg: `No connection to Slack: ${userMessage} Trying again …` });
    }
    this.lastProblem = userMessage;
    return retryAt;
  }

  private async pause(failures: number, retryAt: Date | undefined, signal: AbortSignal): Promise<void> {
    const asked = retryAt ? retryAt.getTime() - this.clock.now().getTime() : 0;
    const ms = Math.max(retryDelayMs(failures), asked);
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  }
}
