import { Injectable, Logger } from '@nestjs/common';
import { ChannelType, Message } from 'discord.js';
import { HarkError } from '../../../core/errors';
import { AutomaticNotesService } from './automatic-notes.service';
import { RequestedNotesService } from './requested-notes.service';
import { patience } from '../../patience';

/** Decides what a new message is to hark. */
@Injectable()
export class MessageHandler {
  private readonly logger = new Logger(MessageHandler.name);

  constructor(
    private readonly automatic: AutomaticNotesService,
    private readonly requested: RequestedNotesService,
  ) {}

  /**
   * Never throws. What cannot be stored at present is tried again for a while, for nobody sends the message again.
   *
   * @param signal ends the trying
   */
  async handle(message: Message, signal: AbortSignal): Promise<void> {
    // Other bots' notes are nobody's voice, and answering them might never end.
    if (message.author.bot || message.webhookId !== null || message.system) return;
    const asked = isDirect(message) || mentions(message);
    try {
      await patience.execute(
        () => (asked ? this.requested.answer(message) : this.automatic.read(message)),
        signal,
      );
    } catch (error) {
      this.logger.error({ err: error, message: message.id, msg: 'A message could not be taken in' });
      if (asked) await this.requested.refuse(message, HarkError.from(error));
    }
  }
}

function isDirect(message: Message): boolean {
  return message.channel.type === ChannelType.DM;
}

/** Written in the message itself: answering hark's own message mentions it, too, but asks for nothing. */
function mentions({ content, client, mentions: { roles } }: Message): boolean {
  const own = roles.filter(({ tags }) => tags?.botId === client.user.id).map(({ id }) => `<@&${id}>`);
  return [`<@${client.user.id}>`, `<@!${client.user.id}>`, ...own].some((name) => content.includes(name));
}
