import { Injectable } from '@nestjs/common';
import { APIMessage, SnowflakeUtil } from 'discord.js';
import { customId } from '../discord-custom-id';
import { DiscordApplicationService } from '../discord-application.service';
import { customIdsOf } from './message.comparison';
import { DiscordMessagesService } from './messages.service';

const PAGE = 100;
/** The first message of an answer is posted soon after the answer came to be. */
const MOST_PAGES = 5;
/** Discord's clock and ours need not agree. */
const CLOCK_SKEW_MS = 60_000;

/** Finds messages of hark that were posted, but whose ids nobody has noted. */
@Injectable()
export class DiscordOwnMessages {
  constructor(
    private readonly messages: DiscordMessagesService,
    private readonly application: DiscordApplicationService,
  ) {}

  /**
   * The first message of an answer is known by its buttons; the further ones answer the first one, and have none.
   *
   * @param first id of the answer's first message, when a further one is looked for
   */
  async find(
    { channel, answerId, since }: { channel: string; answerId: string; since: Date },
    index: number,
    first: string | undefined,
    signal: AbortSignal,
  ): Promise<APIMessage | undefined> {
    const own = await this.application.userId(signal);
    const mark = customId('delete', answerId);
    let further = 0;
    for await (const message of this.postedSince(channel, since, signal)) {
      if (message.author.id !== own) continue;
      const ids = customIdsOf(message.components);
      if (index === 0 && ids.includes(mark)) return message;
      if (index > 0 && ids.length === 0 && message.message_reference?.message_id === first) further += 1;
      if (index > 0 && further === index) return message;
    }
    return undefined;
  }

  /** Oldest first, as far as it is worth the requests. */
  private async *postedSince(channel: string, since: Date, signal: AbortSignal): AsyncGenerator<APIMessage> {
    let after = SnowflakeUtil.generate({ timestamp: since.getTime() - CLOCK_SKEW_MS }).toString();
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const found = await this.messages.after(channel, after, signal);
      yield* found.toReversed();
      const newest = found[0];
      if (!newest || found.length < PAGE) return;
      after = newest.id;
    }
  }
}
