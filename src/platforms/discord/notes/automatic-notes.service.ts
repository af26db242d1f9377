import { Injectable } from '@nestjs/common';
import { Message } from 'discord.js';
import { AutomaticPlacesService } from '../../../core/automatic-places.service';
import { HarkError } from '../../../core/errors';
import { NoteIntakeService } from '../../../core/note-intake.service';
import { addressOfMessage } from '../discord-address.mapper';
import { personOf, sourcesOf } from '../discord.mapper';
import { OriginalSpeakerService } from './original-speaker.service';
import { QuietReplyService } from './quiet-reply.service';

const TOO_MUCH = '⏳';
const TOO_LARGE = '⚠️';

/** Reads what nobody asked for, where a channel or server is set so. */
@Injectable()
export class AutomaticNotesService {
  constructor(
    private readonly places: AutomaticPlacesService,
    private readonly speakers: OriginalSpeakerService,
    private readonly intake: NoteIntakeService,
    private readonly replies: QuietReplyService,
  ) {}

  async read(message: Message): Promise<void> {
    const sources = sourcesOf(message, { asked: false });
    if (sources.length === 0) return;
    const replyTo = addressOfMessage(message);
    if (!(await this.places.include(replyTo))) return;
    const { refusal } = await this.intake.take(sources, {
      author: await this.speakers.of(message),
      requester: personOf(message.author),
      trigger: 'automatic',
      private: false,
      options: {},
      replyTo,
    });
    if (refusal) await this.decline(message, refusal);
  }

  /** Nobody has asked, so nobody is told in words; who opted out leaves no trace at all. */
  private async decline(message: Message, { code }: HarkError): Promise<void> {
    if (code.startsWith('quota_')) await this.replies.react(message, TOO_MUCH);
    if (code.startsWith('media_too_')) await this.replies.react(message, TOO_LARGE);
  }
}
