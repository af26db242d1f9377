import { Injectable } from '@nestjs/common';
import { types, webApi } from '@slack/bolt';
import { Clock } from '../../../core/clock';
import { HarkError } from '../../../core/errors';
import { Leadership } from '../../../core/leadership';
import { SlackPace } from '../slack-pace.service';
import { SlackWebApi } from '../slack-web-api.service';
import { SlackMessage } from './answer.renderer';

/** A place where messages stand one after the other: a thread, or a channel itself. */
export interface Conversation {
  /** Workspace in which hark is installed. */
  team?: string;
  channel: string;
  /** Timestamp of the thread's first message. */
  thread?: string;
}

/** How anything in the text is kept from becoming more than text. */
const PLAIN = { parse: 'none', link_names: false } as const;
const NO_PREVIEWS = { unfurl_links: false, unfurl_media: false } as const;
const PAGE = 200;

/**
 * Messages over the Web API. Every method throws `HarkError`, or the reason of `signal` when that is aborted. Those that
 * change anything throw an `Interruption` in a process that was deposed, perhaps while it waited for its turn.
 */
@Injectable()
export class SlackMessages {
  constructor(
    private readonly api: SlackWebApi,
    private readonly pace: SlackPace,
    private readonly clock: Clock,
    private readonly leadership: Leadership,
  ) {}

  /** The new message's timestamp, and the thread it is in: none when the thread's first message is gone. */
  async post(
    { team, channel, thread }: Conversation,
    message: SlackMessage,
    metadata: types.MessageMetadata,
    signal: AbortSignal,
  ): Promise<{ ts: string; thread?: string }> {
    await this.pace.turn(channel, signal);
    await this.leadership.confirm();
    const contents = { ...message, ...PLAIN, ...NO_PREVIEWS, mrkdwn: false, metadata };
    const { ts = '', message: posted } = await this.call(
      team,
      (client) =>
        client.chat.postMessage(
          thread ? { channel, thread_ts: thread, ...contents } : { channel, ...contents },
        ),
      signal,
    );
    return { ts, thread: posted?.thread_ts };
  }

  async update(
    { team, channel }: Conversation,
    ts: string,
    message: SlackMessage,
    metadata: types.MessageMetadata,
    signal: AbortSignal,
  ): Promise<void> {
    await this.leadership.confirm();
    await this.call(
      team,
      (client) => client.chat.update({ channel, ts, ...message, ...PLAIN, metadata }),
      signal,
    );
  }

  /** Does nothing when it is gone. */
  async remove({ team, channel }: Conversation, ts: string, signal: AbortSignal): Promise<void> {
    await this.leadership.confirm();
    try {
      await this.call(team, (client) => client.chat.delete({ channel, ts }), signal);
    } catch (error) {
      if (!(error instanceof HarkError && error.code === 'message_gone')) throw error;
    }
  }

  /** One page of what was posted since then, with metadata. */
  page(
    { team, channel, thread }: Conversation,
    since: Date,
    cursor: string | undefined,
    signal: AbortSignal,
  ): Promise<webApi.ConversationsRepliesResponse> {
    const oldest = `${Math.floor(since.getTime() / 1_000)}.000000`;
    const options = { channel, oldest, limit: PAGE, include_all_metadata: true, cursor };
    return this.call(
      team,
      (client) =>
        thread
          ? client.conversations.replies({ ...options, ts: thread })
          : client.conversations.history(options),
      signal,
    );
  }

  /** The conversation with one user. */
  async direct(team: string | undefined, user: string, signal: AbortSignal): Promise<string> {
    const { channel } = await this.call(team, (client) => client.conversations.open({ users: user }), signal);
    return channel?.id ?? '';
  }

  private async call<T>(
    team: string | undefined,
    work: (client: webApi.WebClient) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    try {
      return await this.api.call(team, work, signal);
    } catch (error) {
      if (error instanceof HarkError && error.retryAt)
        this.pace.hold(error.retryAt.getTime() - this.clock.now().getTime());
      throw error;
    }
  }
}
