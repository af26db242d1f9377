import { Injectable, OnModuleInit } from '@nestjs/common';
import { webApi } from '@slack/bolt';
import { Clock } from '../../core/clock';
import { HealthCheck, HealthReport } from '../../core/health-check';
import { HealthRegistry } from '../../core/health.registry';
import { Settings } from '../../settings/settings';
import { clientOptions } from './slack-client-options';
import { missingScope, toHarkError } from './slack-error.mapper';
import { GRANT_SCOPES, missingScopes } from './slack-scopes';
import { SlackSocketTransport } from './slack-socket.transport';
import { SlackWorkspaces } from './slack.workspaces';

const WITHIN_MS = 4_000;
const NEW_BOT_TOKEN =
  'Open https://api.slack.com/apps, choose the app, then "OAuth & Permissions", and set SLACK_BOT_TOKEN to the "Bot User OAuth Token".';
const NEW_APP_TOKEN =
  'Open https://api.slack.com/apps, choose the app, then "Basic Information", make an app-level token with the scope connections:write, and set SLACK_APP_TOKEN to it. Socket Mode must be enabled.';

/** Whether Slack takes the tokens, has granted the scopes that hark needs, and is connected. */
@Injectable()
export class SlackCheck extends HealthCheck implements OnModuleInit {
  readonly name = 'slack';

  constructor(
    private readonly registry: HealthRegistry,
    private readonly workspaces: SlackWorkspaces,
    private readonly socket: SlackSocketTransport,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    super();
  }

  onModuleInit(): void {
    this.registry.add(this);
  }

  async check(): Promise<HealthReport[]> {
    const reports = await Promise.all([
      this.within(() => this.look(), NEW_BOT_TOKEN),
      this.within(() => this.connection(), NEW_APP_TOKEN),
    ]);
    return reports.flat();
  }

  private async look(): Promise<HealthReport[]> {
    const { team, user, response_metadata } = await this.workspaces.of().client.auth.test();
    const detail = `Slack accepts the bot token; hark is @${user} in the workspace ${team}.`;
    return [{ name: this.name, state: 'ok', detail }, ...this.scopes(response_metadata?.scopes)];
  }

  private scopes(granted: readonly string[] | undefined): HealthReport[] {
    const name = `${this.name} scopes`;
    if (!granted) return [{ name, state: 'warning', detail: 'Slack does not say which scopes are granted.' }];
    const missing = missingScopes(granted);
    if (missing.length === 0)
      return [{ name, state: 'ok', detail: 'Every scope that hark needs is granted.' }];
    const list = missing.map(({ scope, without }) => `${scope} (without it ${without})`).join(', ');
    const state = missing.some(({ essential }) => essential) ? 'broken' : 'warning';
    return [{ name, state, detail: `Not granted: ${list}.`, remedy: GRANT_SCOPES }];
  }

  private async connection(): Promise<HealthReport[]> {
    const { appToken, signingSecret, apiUrl } = this.settings.slack ?? { apiUrl: '' };
    const reports: HealthReport[] = [];
    if (appToken !== undefined) reports.push(...(await this.socketMode(appToken, apiUrl)));
    if (signingSecret !== undefined) {
      const detail = 'Signed requests are expected at POST /slack/events.';
      reports.push({ name: `${this.name} requests`, state: 'ok', detail });
    }
    return reports;
  }

  private async socketMode(appToken: string, apiUrl: string): Promise<HealthReport[]> {
    const name = `${this.name} socket`;
    const { connected, problem } = this.socket;
    if (connected) return [{ name, state: 'ok', detail: 'Socket Mode is connected.' }];
    if (connected === false && problem === undefined)
      return [{ name, state: 'warning', detail: 'Socket Mode is about to be connected.' }];
    if (connected === false) {
      const detail = `Socket Mode is not connected: ${problem}`;
      return [{ name, state: 'broken', detail, remedy: NEW_APP_TOKEN }];
    }
    // Slack counts these calls strictly, so only a command that looks makes one, no service that is asked for its health.
    if (this.settings.roles.size > 0) return [];
    await new webApi.WebClient(appToken, clientOptions(apiUrl)).apps.connections.open();
    return [{ name, state: 'ok', detail: 'Slack accepts the app token for Socket Mode.' }];
  }

  private async within(look: () => Promise<HealthReport[]>, remedy: string): Promise<HealthReport[]> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error('no answer in time')), WITHIN_MS);
    try {
      return await Promise.race([look(), late.promise]);
    } catch (error) {
      const { userMessage, retryable } = toHarkError(error, this.clock.now());
      const scope = missingScope(error);
      const detail = scope === undefined ? userMessage : `The scope ${scope} is missing.`;
      return [{ name: this.name, state: 'broken', detail, remedy: retryable ? undefined : remedy }];
    } finally {
      clearTimeout(timer);
    }
  }
}
