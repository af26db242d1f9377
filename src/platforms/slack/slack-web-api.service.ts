import { addAbortListener } from 'node:events';
import { Injectable, Logger } from '@nestjs/common';
import { webApi } from '@slack/bolt';
import { Clock } from '../../core/clock';
import { missingScope, toHarkError } from './slack-error.mapper';
import { GRANT_SCOPES, NEEDED_SCOPES } from './slack-scopes';
import { SlackWorkspaces } from './slack.workspaces';

/** Calls of the Web API, with errors as hark knows them. */
@Injectable()
export class SlackWebApi {
  private readonly logger = new Logger(SlackWebApi.name);

  constructor(
    private readonly workspaces: SlackWorkspaces,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes one call, or a few that belong together, in a workspace.
   *
   * @throws HarkError, or the reason of `signal` as soon as that is aborted: what the call did is then unknown
   */
  async call<T>(
    teamId: string | undefined,
    work: (client: webApi.WebClient) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    signal.throwIfAborted();
    const aborted = Promise.withResolvers<never>();
    const listening = addAbortListener(signal, () => aborted.reject(signal.reason as Error));
    try {
      return await Promise.race([work(this.workspaces.of(teamId).client), aborted.promise]);
    } catch (error) {
      signal.throwIfAborted();
      this.tellAdmin(missingScope(error));
      throw toHarkError(error, this.clock.now());
    } finally {
      listening[Symbol.dispose]();
    }
  }

  /** Whose user hark is in the workspace. */
  async botUserId(teamId: string | undefined, signal: AbortSignal): Promise<string> {
    return this.call(teamId, async () => (await this.workspaces.of(teamId).identity()).botUserId, signal);
  }

  /** The workspace's own address, with a slash at the end. */
  async address(teamId: string | undefined, signal: AbortSignal): Promise<string> {
    return this.call(teamId, async () => (await this.workspaces.of(teamId).identity()).url, signal);
  }

  /** Says in the log which scope is missing, and how to grant it. */
  tellAdmin(scope: string | undefined): void {
    if (scope === undefined) return;
    const without = NEEDED_SCOPES.find((needed) => needed.scope === scope)?.without;
    this.logger.error(
      `Slack has not granted hark the scope ${scope}${without ? `: without it ${without}` : ''}. ${GRANT_SCOPES}`,
    );
  }
}
