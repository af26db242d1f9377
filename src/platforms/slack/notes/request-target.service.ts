import { Injectable, Logger } from '@nestjs/common';
import { MediaSource } from '../../../core/voice-note';
import { SlackMessage } from '../slack-payload';
import { SlackWebApi } from '../slack-web-api.service';
import { sourcesOf } from '../slack.mapper';
import { FileFactsService } from './file-facts.service';

/** The message that somebody wants read. */
export interface RequestTarget {
  message: SlackMessage;
  /** May be empty: there is nothing to read. */
  sources: MediaSource[];
}

/** Replies that are looked through for a recording. */
const MOST_REPLIES = 200;

/** Finds out which message is meant by one that asks. */
@Injectable()
export class RequestTargetService {
  private readonly logger = new Logger(RequestTargetService.name);

  constructor(
    private readonly api: SlackWebApi,
    private readonly files: FileFactsService,
  ) {}

  /** The message itself when it brings a file, else the note it stands under in a thread, else what it links to. */
  async find(asking: SlackMessage, team: string, signal: AbortSignal): Promise<RequestTarget> {
    const own = await this.read(asking, team, signal);
    if (own.sources.some(({ kind }) => kind === 'attachment')) return own;
    const above = await this.above(asking, team, signal);
    const noted = above.filter(({ sources }) => sources.some(({ kind }) => kind === 'attachment'));
    // The message that the thread hangs on, else the latest recording in it.
    const [first] = above;
    const target = first && noted.includes(first) ? first : noted.at(-1);
    if (target) return target;
    return own.sources.length === 0 && first ? first : own;
  }

  private async read(message: SlackMessage, team: string, signal: AbortSignal): Promise<RequestTarget> {
    const whole = await this.files.complete(message, team, signal);
    return { message: whole, sources: sourcesOf(whole, { team, asked: true }) };
  }

  /** What stands above the message in its thread, oldest first. */
  private async above(asking: SlackMessage, team: string, signal: AbortSignal): Promise<RequestTarget[]> {
    const { channel, channel_type, ts, thread_ts } = asking;
    if (thread_ts === undefined || thread_ts === ts) return [];
    try {
      const { messages = [] } = await this.api.call(
        team,
        (client) => client.conversations.replies({ channel, ts: thread_ts, latest: ts, limit: MOST_REPLIES }),
        signal,
      );
      const above = (messages as Omit<SlackMessage, 'channel'>[]).filter(
        (message) => message.ts !== ts && message.bot_id === undefined,
      );
      return await Promise.all(
        above.map((message) => this.read({ ...message, channel, channel_type }, team, signal)),
      );
    } catch (error) {
      signal.throwIfAborted();
      this.logger.debug({ err: error, msg: 'The thread of a message is out of sight' });
      return [];
    }
  }
}
