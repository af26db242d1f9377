import { Injectable } from '@nestjs/common';
import { webApi } from '@slack/bolt';
import { HarkError } from '../../core/errors';
import { Telemetry } from '../../core/telemetry';
import { Settings } from '../../settings/settings';
import { clientOptions } from './slack-client-options';

/** Who hark is in a workspace. */
export interface SlackIdentity {
  teamId: string;
  teamName: string;
  botUserId: string;
  botId: string;
  /** The workspace's own address, with a slash at the end. */
  url: string;
}

/** A workspace in which hark is installed. */
export class SlackWorkspace {
  readonly client: webApi.WebClient;
  private known?: Promise<SlackIdentity>;

  constructor(
    readonly botToken: string,
    apiUrl: string,
    telemetry: Telemetry,
  ) {
    this.client = new webApi.WebClient(botToken, clientOptions(apiUrl));
    this.client.on(webApi.WebClientEvent.RATE_LIMITED, () =>
      telemetry.tell({ type: 'rate-limited', platform: 'slack' }),
    );
  }

  /** Asked once; after a failure again. @throws what the Web API's client throws */
  identity(): Promise<SlackIdentity> {
    this.known ??= this.ask().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  private async ask(): Promise<SlackIdentity> {
    const { team_id, team, user_id, bot_id, url } = await this.client.auth.test();
    return {
      teamId: team_id ?? '',
      teamName: team ?? '',
      botUserId: user_id ?? '',
      botId: bot_id ?? '',
      url: url ?? 'https://app.slack.com/',
    };
  }
}

/**
 * The workspaces by team id. The settings name one bot token, so there is one; whoever wants several gives this class
 * another source of tokens and changes nothing else.
 */
@Injectable()
export class SlackWorkspaces {
  private readonly only?: SlackWorkspace;

  constructor({ slack }: Settings, telemetry: Telemetry) {
    this.only = slack && new SlackWorkspace(slack.botToken, slack.apiUrl, telemetry);
  }

  /**
   * @param _teamId the workspace in which hark is installed; of a shared channel not the other side's
   * @throws HarkError `platform_unavailable` when hark is not installed there
   */
  of(_teamId?: string): SlackWorkspace {
    if (!this.only) throw new HarkError('platform_unavailable', 'hark is not connected to Slack at present.');
    return this.only;
  }
}
