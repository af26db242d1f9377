import { Injectable, Logger } from '@nestjs/common';
import { Guild, VoiceBasedChannel } from 'discord.js';
import { HarkError } from '../../../core/errors';
import { LiveAllowanceService } from '../../../core/live-allowance.service';
import { LiveSessionsService } from '../../../core/live-sessions.service';
import { ReplyAddress } from '../../../core/voice-note';
import { DiscordTimings } from '../discord-timings';
import { ListeningRoom, RoomEnd } from './listening-room';
import { OpenRoom, RoomWish } from './open-room';
import { VoicePeopleService } from './voice-people.service';
import { VoiceScribe } from './voice-scribe.service';

/** For what was said last. */
const LAST_WORDS_MS = 30_000;

/** The voice channels that are listened to: one in a server. */
@Injectable()
export class VoiceRoomsService {
  private readonly logger = new Logger('Voice');
  private readonly rooms = new Map<string, OpenRoom>();
  /** Left already; the last words are still read and written down. */
  private readonly closing = new Set<OpenRoom>();
  private readonly opening = new Set<string>();

  constructor(
    private readonly sessions: LiveSessionsService,
    private readonly allowances: LiveAllowanceService,
    private readonly people: VoicePeopleService,
    private readonly scribe: VoiceScribe,
    private readonly timings: DiscordTimings,
  ) {}

  of(server: string): OpenRoom | undefined {
    return this.rooms.get(server);
  }

  get all(): OpenRoom[] {
    return [...this.rooms.values()];
  }

  /** With those that hark has left, and whose last words are still written down. */
  get unfinished(): OpenRoom[] {
    return [...this.rooms.values(), ...this.closing];
  }

  /** @throws HarkError when it may not be, or hark cannot join or write there */
  async open(wish: RoomWish): Promise<OpenRoom> {
    const { guild } = wish.channel;
    if (this.rooms.has(guild.id) || this.opening.has(guild.id))
      throw new HarkError('live_busy', 'I am listening in this server already.');
    this.opening.add(guild.id);
    try {
      return await this.begin(wish);
    } finally {
      this.opening.delete(guild.id);
    }
  }

  private async begin(wish: RoomWish): Promise<OpenRoom> {
    const { channel, asker, asked } = wish;
    const { guild } = channel;
    const place: ReplyAddress = {
      platform: 'discord',
      workspace: guild.id,
      channel: channel.id,
      locale: guild.preferredLocale,
    };
    const session = this.sessions.begin('discord');
    try {
      const allowance = await this.allowances.begin(session.id, asker, place);
      const informed = await this.people.informed(place);
      const page = await this.scribe.page(wish);
      const onEnd = (why: RoomEnd): void => void this.rooms.get(guild.id)?.end(why);
      const writer = this.scribe.writer(page, () => onEnd('gone'));
      const facts = { asked, place, informed, onEnd, nameOf: (id: string) => nameIn(guild, id) };
      const room = new ListeningRoom(session, allowance, this.people, writer, facts);
      const timer = setInterval(() => void this.check(guild.id), this.timings.voiceCheckMs).unref();
      let ending: Promise<void> | undefined;
      const open: OpenRoom = {
        asker: asker.id,
        channel,
        page,
        room,
        told: new Set(),
        end: (why, { format = 'txt', deadlineMs = LAST_WORDS_MS } = {}) => {
          if (ending) void session.end(deadlineMs);
          return (ending ??= this.close(open, async () => {
            clearInterval(timer);
            await room.end(deadlineMs);
            await this.scribe.close({
              page,
              locale: place.locale,
              lines: writer.lines,
              behind: room.behind,
              why,
              format,
            });
            this.logger.log({
              sessionId: session.id,
              why: wordOf(why),
              msg: 'hark has left a voice channel',
            });
          }));
        },
      };
      this.rooms.set(guild.id, open);
      try {
        await this.enter(open);
      } catch (error) {
        clearInterval(timer);
        this.rooms.delete(guild.id);
        throw error;
      }
      this.logger.log({ sessionId: session.id, msg: 'hark listens in a voice channel' });
      return open;
    } catch (error) {
      await session.end(0);
      throw error;
    }
  }

  /** It is known until its last words are written down: they may be wanted earlier, or not at all. */
  private async close(open: OpenRoom, work: () => Promise<void>): Promise<void> {
    this.rooms.delete(open.channel.guild.id);
    this.closing.add(open);
    try {
      await work();
    } finally {
      this.closing.delete(open);
    }
  }

  /** Joins, tells everybody, and only then listens. */
  private async enter(open: OpenRoom): Promise<void> {
    const present = peopleIn(open.channel);
    const call = await this.scribe.join(open.channel, open.room);
    try {
      this.confirm(open);
      await this.scribe.tellAll(open, present);
      this.confirm(open);
      for (const person of present) open.told.add(person);
      await Promise.all(present.map((person) => open.room.meet(person)));
      // Whoever left before the room was known was not seen leaving.
      if (peopleIn(open.channel).length === 0) await open.end('empty');
      this.confirm(open);
    } catch (error) {
      call.leave();
      throw error;
    }
    open.room.begin(call);
  }

  /** @throws HarkError when it has ended meanwhile */
  private confirm(open: OpenRoom): void {
    if (this.rooms.get(open.channel.guild.id) !== open)
      throw new HarkError('cancelled', 'The listening ended before it began.');
  }

  private async check(server: string): Promise<void> {
    const open = this.rooms.get(server);
    try {
      if (open && !(await open.room.check())) await open.end('long');
    } catch (thrown) {
      const error = HarkError.from(thrown);
      if (error.code.startsWith('quota_')) await open?.end(error);
      else this.logger.warn({ err: error, msg: 'Live minutes could not be counted' });
    }
  }
}

/** Members in the channel, without bots. */
export function peopleIn(channel: VoiceBasedChannel): string[] {
  return [...channel.guild.voiceStates.cache.values()]
    .filter(({ channelId, member }) => channelId === channel.id && member?.user.bot !== true)
    .map(({ id }) => id)
    .filter((id) => id !== channel.client.user.id);
}

async function nameIn(guild: Guild, person: string): Promise<string> {
  const member =
    guild.members.cache.get(person) ?? (await guild.members.fetch(person).catch(() => undefined));
  return member?.displayName ?? '?';
}

function wordOf(why: RoomEnd): string {
  return why instanceof HarkError ? why.code : why;
}
