import { Injectable, Logger } from '@nestjs/common';
import {
  Client,
  DiscordAPIError,
  Events,
  GuildTextBasedChannel,
  Message,
  PermissionFlagsBits,
  SnowflakeUtil,
} from 'discord.js';
import { Clock } from '../../../core/clock';
import { Leadership } from '../../../core/leadership';

/** Clocks differ, and whoever ended in order stopped listening some seconds before its end. */
const OVERLAP_MS = 30_000;
/**
 * Whoever did not may have been deaf for a while, or have gone before all that it had heard was stored, or before it had
 * read what was missed before its own time.
 */
const LOOK_BACK_MS = 10 * 60_000;
/** Nobody expects an answer to what was said long before hark came back. */
const LONGEST_MS = 60 * 60_000;
const PAGE = 100;
const MOST_PAGES = 5;
const NEEDED = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory];

/**
 * Finds what was posted while nobody listened: between two leaders, or two sessions of one. Discord tells a new session
 * nothing of the past, but which message was the last of each channel. Direct messages it does not even tell that of.
 */
@Injectable()
export class MissedMessagesService {
  private readonly logger = new Logger(MissedMessagesService.name);
  private heard?: { at: Date; term?: number };
  /** Since when something was not read that should have been. */
  private unread?: Date;
  private leaves = 0;

  constructor(
    private readonly leadership: Leadership,
    private readonly clock: Clock,
  ) {}

  /** To be called for every client before it logs in. */
  watch(client: Client): void {
    client.on(Events.Raw, () => {
      this.heard = { at: this.clock.now(), term: this.leadership.term?.number };
    });
  }

  /** Since when there are messages that were heard and could not be taken in. */
  get leftSince(): Date | undefined {
    return this.unread;
  }

  /** It was heard, could not be taken in, and is to be found again. */
  leave({ createdTimestamp }: Message): void {
    this.leaves += 1;
    // Ids of the same millisecond may be lower than the one that is made of a time.
    this.remember(new Date(createdTimestamp - 1));
  }

  /** Since when messages may have been missed. Undefined when hark has never listened before. To be asked at once. */
  since(): Date | undefined {
    const { before, number } = this.leadership.term ?? {};
    const { at, term } = this.heard ?? {};
    const from =
      at && term === number
        ? at.getTime() - OVERLAP_MS
        : before && before.at.getTime() - (before.inOrder ? OVERLAP_MS : LOOK_BACK_MS);
    const times = [from, this.unread?.getTime()].filter((time) => time !== undefined);
    if (times.length === 0) return undefined;
    return new Date(Math.max(Math.min(...times), this.clock.now().getTime() - LONGEST_MS));
  }

  /**
   * Hands on what nobody has answered yet, a channel's oldest first. Never throws; what could not be read is looked for
   * again the next time.
   *
   * @param hear is waited for, so that few are in memory
   */
  async find(client: Client<true>, since: Date, hear: (message: Message) => unknown): Promise<void> {
    const after = SnowflakeUtil.generate({ timestamp: since.getTime() }).toString();
    let found = 0;
    let complete = true;
    const { leaves } = this;
    const channels = [...client.guilds.cache.values()].flatMap((guild) => [...guild.channels.cache.values()]);
    for (const channel of channels) {
      if (!channel.isTextBased() || !hasNews(channel, after)) continue;
      try {
        for (const message of await unanswered(channel, after)) {
          await hear(message);
          found += 1;
        }
      } catch (error) {
        // Another look changes nothing about what Discord has refused.
        complete &&= error instanceof DiscordAPIError;
        this.logger.warn({ err: error, channel: channel.id, msg: 'Missed messages could not be read' });
        // The session has ended meanwhile.
        if (!client.token) break;
      }
    }
    if (!complete) this.remember(since);
    else if (this.unread && this.unread >= since && leaves === this.leaves) this.unread = undefined;
    if (found > 0) this.logger.log({ msg: 'Messages were posted while nobody may have listened', found });
  }

  private remember(unread: Date): void {
    if (!this.unread || unread < this.unread) this.unread = unread;
  }
}

function hasNews(channel: GuildTextBasedChannel, after: string): boolean {
  const { lastMessageId, guild } = channel;
  if (!lastMessageId || BigInt(lastMessageId) <= BigInt(after)) return false;
  const { me } = guild.members;
  return me !== null && (channel.permissionsFor(me)?.has(NEEDED) ?? false);
}

/** Oldest first. What hark has answered or marked was heard. */
async function unanswered(channel: GuildTextBasedChannel, after: string): Promise<Message[]> {
  const all: Message[] = [];
  for (let page = 0, from = after; page < MOST_PAGES; page += 1) {
    const messages = [...(await channel.messages.fetch({ after: from, limit: PAGE, cache: false })).values()];
    messages.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    all.push(...messages);
    from = messages.at(-1)?.id ?? from;
    if (messages.length < PAGE) break;
  }
  const own = channel.client.user.id;
  const answered = new Set(
    all.filter(({ author }) => author.id === own).map(({ reference }) => reference?.messageId),
  );
  const marked = ({ reactions }: Message): boolean => reactions.cache.some(({ me }) => me);
  return all.filter((message) => !answered.has(message.id) && !marked(message));
}
