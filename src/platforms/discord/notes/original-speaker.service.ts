import { Injectable, Logger } from '@nestjs/common';
import { Message, MessageReferenceType } from 'discord.js';
import { Person } from '../../../core/voice-note';
import { personOf } from '../discord.mapper';

/** Finds out who speaks in a message: its choices count, not those of whoever passed the recording on. */
@Injectable()
export class OriginalSpeakerService {
  private readonly logger = new Logger(OriginalSpeakerService.name);

  /** The author; of a forward whoever wrote the original, where hark can see it. */
  async of(message: Message): Promise<Person> {
    const { reference } = message;
    const forwarded = reference?.type === MessageReferenceType.Forward && reference.messageId;
    const original = forwarded ? await this.fetch(message, reference.channelId, forwarded) : undefined;
    return personOf((original ?? message).author);
  }

  private async fetch({ client }: Message, channelId: string, id: string): Promise<Message | undefined> {
    try {
      const channel = await client.channels.fetch(channelId);
      return channel?.isTextBased() ? await channel.messages.fetch(id) : undefined;
    } catch (error) {
      this.logger.debug({ err: error, msg: 'The original of a forwarded message is out of sight' });
      return undefined;
    }
  }
}
