import { Injectable } from '@nestjs/common';
import { Message } from 'discord.js';
import { AutomaticPlacesService } from '../../../core/automatic-places.service';
import { HarkError } from '../../../core/errors';
import { NoteIntakeService } from '../../../core/note-intake.service';
import { Phrasebook } from '../../../core/phrasebook';
import { addressOfMessage } from '../discord-address.mapper';
import { askerOf } from '../asker.mapper';
import { sourcesOf } from '../discord.mapper';
import { discordSentence } from '../discord-sentences';
import { OriginalSpeakerService } from './original-speaker.service';
import { QuietReplyService } from './quiet-reply.service';
import { RecentNews } from './recent-news';

const TOO_MUCH = '⏳';
const TOO_LARGE = '⚠️';

/** Reads what nobody asked for, where a channel or server is set so. */
@Injectable()
export class AutomaticNotesService {
  /** When they may send another one is said once, not below every note. */
  private readonly news = new RecentNews();

  constructor(
    private readonly places: AutomaticPlacesService,
    private readonly speakers: OriginalSpeakerService,
    private readonly intake: NoteIntakeService,
    private readonly replies: QuietReplyService,
    private readonly phrasebook: Phrasebook,
  ) {}

  async read(message: Message): Promise<void> {
    const sources = sourcesOf(message, { asked: false });
    if (sources.length === 0) return;
    const replyTo = addressOfMessage(message);
    if (!(await this.places.include(replyTo))) return;
    const { refusal } = await this.intake.take(sources, {
      author: await this.speakers.of(message),
      requester: askerOf(message.author, message.member),
      trigger: 'automatic',
      private: false,
      options: {},
      replyTo,
    });
    if (refusal) await this.decline(message, refusal);
  }

  /** Nobody has asked, so little is said; who opted out leaves no trace at all. */
  private async decline(message: Message, refusal: HarkError): Promise<void> {
    if (refusal.code.startsWith('media_too_')) await this.replies.react(message, TOO_LARGE);
    if (!refusal.code.startsWith('quota_')) return;
    await this.replies.react(message, TOO_MUCH);
    const { retryAt, code } = refusal;
    const whose = code.startsWith('quota_place_') ? message.channelId : message.author.id;
    if (!retryAt || !this.news.isNew(`${code} ${whose}`, retryAt.getTime(), Date.now())) return;
    const locale = message.guild?.preferredLocale;
    await this.replies.say(message, discordSentence(this.phrasebook, locale, refusal));
  }
}
