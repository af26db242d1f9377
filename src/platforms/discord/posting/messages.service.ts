import { addAbortListener } from 'node:events';
import { Injectable } from '@nestjs/common';
import {
  APIChannel,
  APIMessage,
  RESTGetAPIChannelMessagesQuery,
  RESTPatchAPIChannelMessageJSONBody,
  RESTPostAPIChannelMessageJSONBody,
  InternalRequest,
  MessageFlags,
  RequestMethod,
  makeURLSearchParams,
  Routes,
} from 'discord.js';
import { Clock } from '../../../core/clock';
import { Interruption } from '../../../core/interruption';
import { DiscordMessage } from './answer.renderer';
import { bodyOf, filesOf, Token } from './message.payload';
import { toHarkError } from '../discord-error.mapper';
import { DiscordRest } from '../discord.rest';

/** What a message is posted with beside what it shows. */
export type Posting = Pick<RESTPostAPIChannelMessageJSONBody, 'nonce' | 'message_reference'>;

/** Messages over REST. Every method throws `HarkError`, or the reason of `signal` as soon as that is aborted. */
@Injectable()
export class DiscordMessagesService {
  /** Edits that have not been answered yet, by channel. */
  private readonly editing = new Map<string, number>();

  constructor(
    private readonly rest: DiscordRest,
    private readonly clock: Clock,
  ) {}

  get(channel: string, id: string, signal: AbortSignal): Promise<APIMessage> {
    return this.request(RequestMethod.Get, Routes.channelMessage(channel, id), signal);
  }

  /** The hundred that follow `after`, newest first. */
  after(channel: string, after: string, signal: AbortSignal): Promise<APIMessage[]> {
    const query = makeURLSearchParams<RESTGetAPIChannelMessagesQuery>({ after, limit: 100 });
    return this.request(RequestMethod.Get, Routes.channelMessages(channel), signal, { query });
  }

  /** The hundred that precede `before`, or the latest, newest first. */
  before(channel: string, before: string | undefined, signal: AbortSignal): Promise<APIMessage[]> {
    const query = makeURLSearchParams<RESTGetAPIChannelMessagesQuery>({ before, limit: 100 });
    return this.request(RequestMethod.Get, Routes.channelMessages(channel), signal, { query });
  }

  /** Without sound. With a `nonce` that was used in the last minutes nothing is posted and the old message comes back. */
  post(channel: string, message: DiscordMessage, posting: Posting, signal: AbortSignal): Promise<APIMessage> {
    const body: RESTPostAPIChannelMessageJSONBody = {
      ...bodyOf(message),
      ...posting,
      enforce_nonce: posting.nonce !== undefined,
      flags: MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications,
    };
    return this.request(RequestMethod.Post, Routes.channelMessages(channel), signal, {
      body,
      files: filesOf(message),
    });
  }

  async edit(channel: string, id: string, message: DiscordMessage, signal: AbortSignal): Promise<APIMessage> {
    this.editing.set(channel, (this.editing.get(channel) ?? 0) + 1);
    try {
      return await this.request(RequestMethod.Patch, Routes.channelMessage(channel, id), signal, {
        body: bodyOf(message),
        files: filesOf(message),
      });
    } finally {
      const others = (this.editing.get(channel) ?? 0) - 1;
      if (others > 0) this.editing.set(channel, others);
      else this.editing.delete(channel);
    }
  }

  /** An edit in the channel is under way or waits for its turn: Discord limits edits for each channel. */
  isEditing(channel: string): boolean {
    return this.editing.has(channel);
  }

  /** The answer to a command itself: doing it again changes nothing. */
  editOriginal(
    { applicationId, token }: Token,
    message: DiscordMessage,
    signal: AbortSignal,
  ): Promise<APIMessage> {
    const body: RESTPatchAPIChannelMessageJSONBody = {
      ...bodyOf(message),
      flags: MessageFlags.SuppressEmbeds,
    };
    return this.request(
      RequestMethod.Patch,
      Routes.webhookMessage(applicationId, token, '@original'),
      signal,
      {
        body,
        files: filesOf(message),
        // A token that has expired must not be taken for the bot's own.
        auth: false,
      },
    );
  }

  async remove(channel: string, id: string, signal: AbortSignal): Promise<void> {
    await this.request(RequestMethod.Delete, Routes.channelMessage(channel, id), signal);
  }

  /** The id of the channel of direct messages with a user; it is made when there is none. */
  async directChannel(user: string, signal: AbortSignal): Promise<string> {
    const body = { recipient_id: user };
    return (await this.request<APIChannel>(RequestMethod.Post, Routes.userChannels(), signal, { body })).id;
  }

  private async request<T>(
    method: RequestMethod,
    fullRoute: InternalRequest['fullRoute'],
    signal: AbortSignal,
    data: Pick<InternalRequest, 'auth' | 'body' | 'files' | 'query'> = {},
  ): Promise<T> {
    signal.throwIfAborted();
    const aborted = Promise.withResolvers<never>();
    // The client would listen to whatever signal it is given for as long as that lives.
    const call = new AbortController();
    const listening = addAbortListener(signal, () => {
      call.abort(signal.reason);
      aborted.reject(signal.reason as Error);
    });
    try {
      const answered = this.rest.request({ ...data, method, fullRoute, signal: call.signal });
      // The client itself does not stop waiting for a rate limit to pass.
      return (await Promise.race([answered, aborted.promise])) as T;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Interruption) throw error;
      throw toHarkError(error, this.clock.now());
    } finally {
      listening[Symbol.dispose]();
    }
  }
}
