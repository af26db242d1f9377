import { Injectable } from '@nestjs/common';
import {
  APIThreadChannel,
  ChannelType,
  MessageFlags,
  RESTPostAPIChannelMessageJSONBody,
  RESTPostAPIChannelThreadsJSONBody,
  Routes,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import { Clock } from '../../../core/clock';
import { toHarkError } from '../discord-error.mapper';
import { DiscordRest } from '../discord.rest';
import { Button, buttonRow } from '../panels/component-rows';
import { DiscordMessagesService } from '../posting/messages.service';
import { RoomPage } from './room-writer';

const WITHIN_MS = 30_000;
const LONGEST_NAME = 100;

/** What is posted on behalf of a voice channel. Every method throws `HarkError`. */
@Injectable()
export class VoicePostsService {
  constructor(
    private readonly messages: DiscordMessagesService,
    private readonly rest: DiscordRest,
    private readonly clock: Clock,
  ) {}

  /** @param people are notified, and nobody else; 100 at most */
  async announce(
    channel: string,
    content: string,
    people: readonly string[],
    button?: Button,
  ): Promise<void> {
    const body: RESTPostAPIChannelMessageJSONBody = {
      content,
      components: button ? [buttonRow([button])] : [],
      allowed_mentions: { users: [...people] },
      flags: MessageFlags.SuppressEmbeds,
    };
    await this.attempt(() => this.rest.post(Routes.channelMessages(channel), { body }));
  }

  /** Its id. */
  async thread(parent: string, name: string): Promise<string> {
    const body: RESTPostAPIChannelThreadsJSONBody = {
      name: name.slice(0, LONGEST_NAME),
      type: ChannelType.PublicThread,
      auto_archive_duration: ThreadAutoArchiveDuration.OneDay,
    };
    const made = await this.attempt(() => this.rest.post(Routes.threads(parent), { body }));
    return (made as APIThreadChannel).id;
  }

  page(channel: string): RoomPage {
    const plain = (content: string) => ({ content, components: [], files: [] });
    const signal = (): AbortSignal => AbortSignal.timeout(WITHIN_MS);
    return {
      post: async (content) => (await this.messages.post(channel, plain(content), {}, signal())).id,
      edit: async (id, content) => void (await this.messages.edit(channel, id, plain(content), signal())),
      remove: (id) => this.messages.remove(channel, id, signal()),
    };
  }

  async file(channel: string, content: string, file?: { name: string; text: string }): Promise<void> {
    const message = { content, components: [], files: file ? [file] : [] };
    await this.messages.post(channel, message, {}, AbortSignal.timeout(WITHIN_MS));
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toHarkError(error, this.clock.now());
    }
  }
}
