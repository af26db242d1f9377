import { Injectable, Logger } from '@nestjs/common';
import { App, AuthorizeResult, Receiver, ReceiverEvent } from '@slack/bolt';
import { Interruption } from '../../core/interruption';
import { Settings } from '../../settings/settings';
import { clientOptions } from './slack-client-options';
import { slackLogger } from './slack.logger';
import { SlackReceipts } from './slack-receipts';
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
  private readonly logger = new Logger(SlackApp.name);
  private readonly receipts = new SlackReceipts();

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
    this.bolt.error((error) => this.failed(error));
  }

  /**
   * For a receiver whose events are acted on only when `confirm` resolves; otherwise they are not acknowledged, and
   * Slack sends them to whoever leads. Bolt would acknowledge events before anybody hears of them; here that comes when
   * they have been taken in, for there is no other way to hear of what was said while hark was away.
   */
  heardBy(confirm: () => Promise<void> = () => Promise.resolve()): App {
    const heard = async (event: ReceiverEvent): Promise<void> => {
      await confirm();
      const { type, event_id } = event.body;
      if (type !== 'event_callback') return this.bolt.processEvent(event);
      const unanswered = { ...event, ack: () => Promise.resolve() };
      await this.receipts.due(String(event_id), () => this.bolt.processEvent(unanswered));
      await event.ack();
    };
    return Object.create(this.bolt, { processEvent: { value: heard } }) as App;
  }

  /** @throws `error`: what Slack waits to have acknowledged is not */
  private failed(error: Error & { original?: unknown }): Promise<never> {
    if (!(error.original instanceof Interruption))
      this.logger.error({ err: error.original ?? error, msg: 'Something from Slack was not taken in.' });
    return Promise.reject(error);
  }

  /** Transports let nothing in before hark knows who it is, for Bolt drops what it cannot authorize. */
  private async authorize(teamId: string | undefined): Promise<AuthorizeResult> {
    const workspace = this.workspaces.of(teamId);
    const { teamId: installedIn, botUserId, botId } = await workspace.identity();
    return { botToken: workspace.botToken, botUserId, botId, teamId: installedIn };
  }
}
