import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { SocketModeReceiver } from '@slack/bolt';
import { Clock } from '../../core/clock';
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
 * so connecting again is done here.
 */
@Injectable()
export class SlackSocketTransport implements OnApplicationBootstrap, OnModuleDestroy {
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
    { roles, slack }: Settings,
  ) {
    if (!roles.has('bot') || slack?.appToken === undefined) return;
    this.receiver = new SocketModeReceiver({
      appToken: slack.appToken,
      autoReconnectEnabled: false,
      logger: slackLogger('SlackSocket'),
      installerOptions: { clientOptions: clientOptions(slack.apiUrl) },
    });
    this.receiver.init(app.bolt);
  }

  /** Undefined where this process has no socket to hold. */
  get connected(): boolean | undefined {
    return this.receiver && this.open;
  }

  /** Why there is no connection, in one sentence. */
  get problem(): string | undefined {
    return this.lastProblem;
  }

  onApplicationBootstrap(): void {
    if (this.receiver) this.running = this.stayConnected(this.receiver);
  }

  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    if (!this.receiver) return;
    const farewell = Promise.all([this.receiver.client.disconnect(), this.running]);
    await Promise.race([farewell, sleep(FAREWELL_MS, undefined, { ref: false })]);
  }

  private async stayConnected({ client }: SocketModeReceiver): Promise<void> {
    for (let failures = 0; !this.stop.signal.aborted;) {
      const begun = performance.now();
      const retryAt = await this.connection(client).catch((error: unknown) => this.failed(error));
      this.open = false;
      failures = performance.now() - begun >= STEADY_MS ? 0 : failures + 1;
      if (failures > 0) await this.pause(failures, retryAt);
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

  private failed(error: unknown): Date | undefined {
    if (this.stop.signal.aborted) return undefined;
    const { userMessage, retryAt } = toHarkError(error, this.clock.now());
    if (userMessage !== this.lastProblem) {
      this.logger.warn({ err: error, msg: `No connection to Slack: ${userMessage} Trying again …` });
    }
    this.lastProblem = userMessage;
    return retryAt;
  }

  private async pause(failures: number, retryAt: Date | undefined): Promise<void> {
    const asked = retryAt ? retryAt.getTime() - this.clock.now().getTime() : 0;
    const ms = Math.max(retryDelayMs(failures), asked);
    await sleep(ms, undefined, { signal: this.stop.signal }).catch(() => undefined);
  }
}
