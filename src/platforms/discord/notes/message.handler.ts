import { Injectable, Logger } from '@nestjs/common';
import { ChannelType, Message } from 'discord.js';
import { HarkError } from '../../../core/errors';
import { AutomaticNotesService } from './automatic-notes.service';
import { DelayNoticeService } from './delay-notice.service';
import { RequestedNotesService } from './requested-notes.service';
import { isOutage, patience } from '../../patience';
import { sourcesOf } from '../discord.mapper';

/** Decides what a new message is to hark. */
@Injectable()
export class MessageHandler {
  private readonly logger = new Logger(MessageHandler.name);

  constructor(
    private readonly automatic: AutomaticNotesService,
    private readonly requested: RequestedNotesService,
    private readonly delays: DelayNoticeService,
  ) {}

  /** Whether there is anything in it that hark might read or answer. */
  concerns(message: Message): boolean {
    // Other bots' notes are nobody's voice, and answering them might never end.
    if (message.author.bot || message.webhookId !== null || message.system) return false;
    return isAsked(message) || sourcesOf(message, { asked: false }).length > 0;
  }

  /**
   * Takes in what concerns hark. Never throws. What cannot be stored at present is tried again for as long as that lasts,
   * for nobody sends the message again.
   *
   * @param signal ends the trying
   * @returns false when it is to be read again later
   */
  async handle(message: Message, signal: AbortSignal): Promise<boolean> {
    const asked = isAsked(message);
    const take = () => (asked ? this.requested.answer(message) : this.automatic.read(message));
    try {
      const taking = patience.execute(take, signal);
      await (asked ? this.delays.during(message, taking) : taking);
      return true;
    } catch (error) {
      const err = HarkError.from(error);
      const later = isOutage(err) || (signal.aborted && err.retryable);
      // Nobody finds again what was said in a direct message.
      if (later && !isDirect(message)) return false;
      this.logger.error({ err: error, message: message.id, msg: 'A message could not be taken in' });
      if (asked) await this.requested.refuse(message, err);
      return true;
    }
  }
}

function isAsked(message: Message): boolean {
  return isDirect(message) || mentions(message);
}

function isDirect(message: Message): boolean {
  return message.channel.type === ChannelType.DM;
}

/** Written in the message itself: answering hark's own message mentions it, too, but asks for nothing. */
function mentions({ content, client, mentions: { roles } }: Message): boolean {
  const own = roles.filter(({ tags }) => tags?.botId === client.user.id).map(({ id }) => `<@&${id}>`);
  return [`<@${client.user.id}>`, `<@!${client.user.id}>`, ...own].some((name) => content.includes(name));
}
