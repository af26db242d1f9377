import { Injectable, Logger } from '@nestjs/common';
import { VoiceBasedChannel, channelMention, userMention } from 'discord.js';
import { HarkError } from '../../../core/errors';
import { Phrasebook } from '../../../core/phrasebook';
import { SpokenLine, conversationSubtitles, conversationText } from '../../../core/spoken-lines';
import { discordSentence } from '../discord-sentences';
import { DiscordTimings } from '../discord-timings';
import { panelId } from '../panels/panel-id';
import { RoomEnd } from './listening-room';
import { FileFormat, OpenRoom, RoomWish } from './open-room';
import { RoomWriter } from './room-writer';
import { VoicePostsService } from './voice-posts.service';
import { VoiceCall, VoiceEars, VoiceReceiver } from './voice-receiver';

/** In one message, which has 2,000 characters. */
const MOST_MENTIONED = 50;

interface Closing {
  page: string;
  locale?: string;
  lines: readonly SpokenLine[];
  /** Some words are missing. */
  behind: boolean;
  why: RoomEnd;
  format: FileFormat;
}

/** What is said to people in and around a voice channel. */
@Injectable()
export class VoiceScribe {
  private readonly logger = new Logger('Voice');

  constructor(
    private readonly receiver: VoiceReceiver,
    private readonly posts: VoicePostsService,
    private readonly phrasebook: Phrasebook,
    private readonly timings: DiscordTimings,
  ) {}

  /** Where the words go: a thread where there can be one, else the chat of the voice channel. */
  async page({ channel, from, thread }: RoomWish): Promise<string> {
    if (!thread) return channel.id;
    const locale = channel.guild.preferredLocale;
    const params = { channel: channel.name, date: new Date() };
    return this.posts.thread(from, this.phrasebook.say(locale, 'listen.threadName', params));
  }

  writer(page: string, onGone: () => void): RoomWriter {
    return new RoomWriter(this.posts.page(page), this.timings.voiceLinesMs, onGone);
  }

  /** @throws HarkError `platform_unavailable` */
  async join(channel: VoiceBasedChannel, ears: VoiceEars): Promise<VoiceCall> {
    try {
      return await this.receiver.join(channel, ears);
    } catch (cause) {
      this.logger.warn({ err: cause, msg: 'A voice channel could not be joined' });
      throw new HarkError('platform_unavailable', 'Discord’s voice server does not answer.', {
        retryable: true,
        cause,
      });
    }
  }

  /** Tells those who are there. @throws HarkError when nobody could be told */
  async tellAll({ asker, channel, page }: OpenRoom, people: readonly string[]): Promise<void> {
    const params = { asker: userMention(asker), place: channelMention(page) };
    await this.tell(channel, people, this.say(channel, 'listen.announce', params));
  }

  /** Tells somebody who has come later. */
  async tellOne({ channel, page }: OpenRoom, person: string): Promise<void> {
    const params = { place: channelMention(page) };
    await this.tell(channel, [person], this.say(channel, 'listen.announceLater', params));
  }

  /** Never throws: there may be nobody left to tell. */
  async close({ page, locale, lines, behind, why, format }: Closing): Promise<void> {
    if (why === 'gone') return;
    const end =
      why instanceof HarkError
        ? discordSentence(this.phrasebook, locale, why)
        : this.phrasebook.say(locale, `listen.ends.${why}`);
    const rest = this.phrasebook.say(locale, lines.length > 0 ? 'listen.file' : 'listen.nothingSaid');
    const missing = behind ? ` ${this.phrasebook.say(locale, 'listen.behind')}` : '';
    const text = format === 'srt' ? conversationSubtitles(lines) : conversationText(lines);
    const file = lines.length > 0 ? { name: `conversation.${format}`, text } : undefined;
    try {
      await this.posts.file(page, `${end} ${rest}${missing}`, file);
    } catch (err) {
      this.logger.warn({ err, msg: 'What was said could not be posted as a file' });
    }
  }

  /** Nobody is heard who was not notified: of many, so many in each message as have room in it. */
  private async tell(channel: VoiceBasedChannel, people: readonly string[], words: string): Promise<void> {
    const button = { id: panelId('listen', 'out'), label: this.say(channel, 'listen.optOut') };
    for (let from = 0; from === 0 || from < people.length; from += MOST_MENTIONED) {
      const group = people.slice(from, from + MOST_MENTIONED);
      const content = `${group.map((id) => userMention(id)).join(' ')}\n${words}`.trim();
      await this.posts.announce(channel.id, content, group, button);
    }
  }

  private say({ guild }: VoiceBasedChannel, key: string, params?: Record<string, string>): string {
    return this.phrasebook.say(guild.preferredLocale, key, params);
  }
}
