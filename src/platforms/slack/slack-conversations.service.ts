import { Injectable, Logger } from '@nestjs/common';
import { HarkError } from '../../core/errors';
import { SlackWebApi } from './slack-web-api.service';

const MOST_KEPT = 5_000;
/** Public and private channels are the same here. */
type Kind = 'im' | 'mpim' | 'channel';

/** Knows what kind a channel is where an event does not say so: its id tells group messages from channels no more. */
@Injectable()
export class SlackConversationsService {
  private readonly logger = new Logger(SlackConversationsService.name);
  private readonly known = new Map<string, Kind>();

  constructor(private readonly api: SlackWebApi) {}

  /**
   * As `channel_type` says it, in short. Of what hark may not look at the worst is assumed: that it is a group message.
   *
   * @throws HarkError when Slack cannot be asked now
   */
  async kindOf(team: string, channel: string, signal: AbortSignal): Promise<Kind> {
    if (channel.startsWith('D')) return 'im';
    const key = `${team}:${channel}`;
    const known = this.known.get(key);
    if (known) return known;
    const kind = await this.ask(team, channel, signal);
    this.known.set(key, kind);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_KEPT && oldest !== undefined) this.known.delete(oldest);
    return kind;
  }

  private async ask(team: string, id: string, signal: AbortSignal): Promise<Kind> {
    try {
      const { channel } = await this.api.call(
        team,
        (client) => client.conversations.info({ channel: id }),
        signal,
      );
      if (channel?.is_im) return 'im';
      return channel?.is_mpim ? 'mpim' : 'channel';
    } catch (error) {
      if (!(error instanceof HarkError) || error.retryable) throw error;
      this.logger.debug({ err: error, msg: 'Slack does not say what kind a channel is' });
      return 'mpim';
    }
  }
}
