import { Injectable } from '@nestjs/common';
import { APIMessage, SnowflakeUtil } from 'discord.js';
import { customId } from '../discord-custom-id';
import { DiscordApplicationService } from '../discord-application.service';
import { customIdsOf } from './message.comparison';
import { DiscordMessagesService } from './messages.service';

const PAGE = 100;
/** The first message of an answer is posted soon after it was asked for. */
const MOST_PAGES = 5;
/** The further ones are posted when all has been read; what was said since then is searched. */
const MOST_PAGES_BACK = 10;
/** Discord's clock and ours need not agree. */
const CLOCK_SKEW_MS = 60_000;

/** Where an answer is looked for, and since when. */
interface Search {
  channel: string;
  answerId: string;
  /** When the answer came to be, by our clock. */
  since: Date;
  /** Id of what was asked: nothing of the answer is older, by Discord's clock. */
  asked?: string;
}

/** Finds messages of hark that were posted, but whose ids nobody has noted. */
@Injectable()
export class DiscordOwnMessages {
  constructor(
    private readonly messages: DiscordMessagesService,
    private readonly application: DiscordApplicationService,
  ) {}

  /**
   * The message that follows those of the answer that are known. The first one is known by its buttons; the further ones
   * answer the first one, and have none.
   *
   * @param known ids of the answer's messages before it
   */
  async find(search: Search, known: readonly string[], signal: AbortSignal): Promise<APIMessage | undefined> {
    const own = await this.application.userId(signal);
    const [first, last] = [known[0], known.at(-1)];
    if (first === undefined || last === undefined) return this.first(search, own, signal);
    let found: APIMessage | undefined;
    for await (const page of this.pagesBack(search.channel, last, signal)) {
      const further = page.filter(
        ({ author, components, message_reference: answered }) =>
          author.id === own && answered?.message_id === first && customIdsOf(components).length === 0,
      );
      // They are posted one right after the other.
      if (found && further.length === 0) break;
      found = further.at(-1) ?? found;
    }
    return found;
  }

  private async first(search: Search, own: string, signal: AbortSignal): Promise<APIMessage | undefined> {
    const mark = customId('delete', search.answerId);
    for await (const message of this.postedSince(search, signal)) {
      if (message.author.id === own && customIdsOf(message.components).includes(mark)) return message;
    }
    return undefined;
  }

  /** Oldest first, as far as it is worth the requests. What was asked may be old, and our clock may be wrong. */
  private async *postedSince(
    { channel, since, asked }: Search,
    signal: AbortSignal,
  ): AsyncGenerator<APIMessage> {
    const ours = SnowflakeUtil.generate({ timestamp: since.getTime() - CLOCK_SKEW_MS }).toString();
    let reached = '0';
    for (const start of asked === undefined ? [ours] : [asked, ours]) {
      if (BigInt(start) < BigInt(reached)) continue;
      reached = start;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const found = await this.messages.after(channel, reached, signal);
        yield* found.toReversed();
        const newest = found[0];
        if (!newest || found.length < PAGE) return;
        reached = newest.id;
      }
    }
  }

  /** Pages of what was posted after the message, from the latest backwards, each newest first. */
  private async *pagesBack(channel: string, last: string, signal: AbortSignal): AsyncGenerator<APIMessage[]> {
    let before: string | undefined;
    for (let page = 0; page < MOST_PAGES_BACK; page += 1) {
      const found = await this.messages.before(channel, before, signal);
      const later = found.filter(({ id }) => BigInt(id) > BigInt(last));
      yield later;
      if (later.length < PAGE) return;
      before = found.at(-1)?.id;
    }
  }
}
