import { AckFn, ViewResponseAction } from '@slack/bolt';
import { HarkError } from '../../../core/errors';
import { Shown } from '../panels/blocks';
import { SlackWebApi } from '../slack-web-api.service';
import { ModalView, sayingView, waitingView } from './form.view';
import { SentForm } from './gesture';
import { SlackResponse } from './slack.response';

const TIMEOUT_MS = 10_000;
/** Slack waits for three seconds. */
const WAITING_MS = 2_000;

/**
 * What the user of a form sees: in its place. The answer to its being sent is what came of it, where that is known in time:
 * what is sent by itself may be there before Slack has taken the answer.
 */
export class ModalResponse extends SlackResponse {
  private waiting?: NodeJS.Timeout;
  private acknowledged: Promise<void> | undefined;

  /** @param ack of a form that was sent; missing where one of its buttons was used */
  constructor(
    private readonly api: SlackWebApi,
    private readonly team: string,
    private readonly form: SentForm,
    private readonly ack?: AckFn<ViewResponseAction>,
  ) {
    super(undefined);
    // Whoever shows something later learns of an acknowledgement that was not taken.
    const wait = () => void this.acknowledge(waitingView()).catch(() => undefined);
    if (ack) this.waiting = setTimeout(wait, WAITING_MS).unref();
  }

  override async show({ blocks }: Shown): Promise<void> {
    const view = sayingView(blocks);
    if (this.ack && !this.acknowledged) return this.acknowledge(view);
    await this.acknowledged;
    await this.update(view);
  }

  override replace(shown: Shown): Promise<void> {
    return this.show(shown);
  }

  override async remove(): Promise<void> {}

  private acknowledge(view: ModalView): Promise<void> {
    clearTimeout(this.waiting);
    this.acknowledged ??= this.ack?.({ response_action: 'update', view }) ?? Promise.resolve();
    return this.acknowledged;
  }

  private async update(view: ModalView): Promise<void> {
    try {
      await this.api.call(
        this.team,
        (client) => client.views.update({ view_id: this.form.viewId, view }),
        AbortSignal.timeout(TIMEOUT_MS),
      );
    } catch (error) {
      // It was closed meanwhile: nobody is left to be told. An outage is worth the log.
      if (!(error instanceof HarkError) || error.retryable) throw error;
    }
  }
}
