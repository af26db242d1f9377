import { Injectable } from '@nestjs/common';
import { App, AuthorizeResult, Receiver, ReceiverEvent } from '@slack/bolt';
import { Settings } from '../../settings/settings';
import { clientOptions } from './slack-client-options';
import { slackLogger } from './slack.logger';
import { SlackWorkspaces } from './slack.workspaces';

/** Transports are providers of their own and start themselves. */
const NO_RECEIVER: Receiver = {
  init: () => undefined,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

/**
 * What Slack sends, whichever way it comes. Listeners are registered on `bolt` before the application has started
 * (`onModuleInit`); they are called in a process with the `bot` role only. What comes over HTTP is heard by whichever of
 * those it reaches, for taking a note in twice makes one job, and a command reaches one process; the socket is the
 * leader's.
 */
@Injectable()
export class SlackApp {
  readonly bolt: App;

  constructor(
    private readonly workspaces: SlackWorkspaces,
    { slack }: Settings,
  ) {
    this.bolt = new App({
      receiver: NO_RECEIVER,
      authorize: ({ teamId }) => this.authorize(teamId),
      clientOptions: clientOptions(slack?.apiUrl ?? ''),
      convoStore: false,
      logger: slackLogger('SlackApp'),
    });
  }

  /**
   * For a receiver whose events are acted on only when `confirm` resolves; otherwise they are not acknowledged, and
   * Slack sends them to whoever leads.
   */
  heardBy(confirm: () => Promise<void>): App {
    const heard = async (event: ReceiverEvent): Promise<void> => {
      await confirm();
      await this.bolt.processEvent(event);
    };
    return Object.create(this.bolt, { processEvent: { value: heard } }) as App;
  }

  /** Transports let nothing in before hark knows who it is, for Bolt drops what it cannot authorize. */
  private async authorize(teamId: string | undefined): Promise<AuthorizeResult> {
    const workspace = this.workspaces.of(teamId);
    const { teamId: installedIn, botUserId, botId } = await workspace.identity();
    return { botToken: workspace.botToken, botUserId, botId, teamId: installedIn };
  }
}
