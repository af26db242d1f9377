import { Injectable, Logger } from '@nestjs/common';
import { AnswerStore } from '../../../core/answer-store';
import { AutomaticPlacesService } from '../../../core/automatic-places.service';
import { HarkError } from '../../../core/errors';
import { patience } from '../../patience';
import { SlackMessage } from '../slack-payload';
import { SlackWebApi } from '../slack-web-api.service';
import { FileFactsService, SharedFile } from './file-facts.service';
import { HeardMessage, MessageHandler } from './message.handler';

/** A file as its event brings it. */
export interface HeardFile extends Pick<HeardMessage, 'team' | 'botUserId'> {
  file: string;
  channel: string;
  user?: string;
}

/**
 * Hears of files for which no message comes, or not yet: finds the message that shares the file and has it handled, so
 * that both events come to the same.
 */
@Injectable()
export class SharedFileHandler {
  private readonly logger = new Logger(SharedFileHandler.name);

  constructor(
    private readonly messages: MessageHandler,
    private readonly files: FileFactsService,
    private readonly places: AutomaticPlacesService,
    private readonly answers: AnswerStore,
    private readonly api: SlackWebApi,
  ) {}

  /** @throws Error when the file is to be brought again */
  async handle(heard: HeardFile, signal: AbortSignal): Promise<void> {
    if (heard.user === heard.botUserId) return;
    try {
      const message = await patience.execute(() => this.messageOf(heard, signal), signal);
      if (message) await this.messages.handle({ ...heard, message, as: 'message' }, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (HarkError.from(error).retryable) throw error;
      this.logger.warn({ err: error, file: heard.file, msg: 'A shared file could not be looked up' });
    }
  }

  /** Undefined when there is nothing to do that its own event does not bring about. */
  private async messageOf(
    { team, channel, file: id }: HeardFile,
    signal: AbortSignal,
  ): Promise<SlackMessage | undefined> {
    const direct = channel.startsWith('D');
    if (!direct && !(await this.places.include({ platform: 'slack', workspace: team, channel })))
      return undefined;
    const file = await this.files.of(team, id, signal);
    const place = placeOf(file, channel);
    if (!place?.ts) return undefined;
    if ((await this.answers.ofMessage('slack', channel, place.ts)).length > 0) return undefined;
    const { ts, thread_ts } = place;
    const message = (await this.fetch(team, channel, ts, signal)) ?? {
      ts,
      thread_ts,
      user: file.user,
      files: [file],
    };
    return { ...message, channel, ...(direct && { channel_type: 'im' }) };
  }

  /** Undefined when it is out of sight. */
  private async fetch(
    team: string,
    channel: string,
    ts: string,
    signal: AbortSignal,
  ): Promise<Omit<SlackMessage, 'channel'> | undefined> {
    try {
      const only = { channel, ts, latest: ts, oldest: ts, inclusive: true };
      const { messages = [] } = await this.api.call(
        team,
        (client) => client.conversations.replies(only),
        signal,
      );
      return (messages as Omit<SlackMessage, 'channel'>[]).find((message) => message.ts === ts);
    } catch (error) {
      signal.throwIfAborted();
      this.logger.debug({ err: error, msg: 'The message of a shared file is out of sight' });
      return undefined;
    }
  }
}

/** The latest message of the channel that shares the file. */
function placeOf({ shares }: SharedFile, channel: string): { ts: string; thread_ts?: string } | undefined {
  const places = [...(shares?.public?.[channel] ?? []), ...(shares?.private?.[channel] ?? [])];
  const known = places.flatMap(({ ts, thread_ts }) => (ts === undefined ? [] : [{ ts, thread_ts }]));
  return known.sort((a, b) => Number(a.ts) - Number(b.ts)).at(-1);
}
