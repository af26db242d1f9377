import { Injectable, Logger } from '@nestjs/common';
import { HarkError } from '../../../core/errors';
import { patience } from '../../patience';
import { SlackConversationsService } from '../slack-conversations.service';
import { SlackMessage, isFromPerson } from '../slack-payload';
import { filesOf } from '../slack.mapper';
import { AutomaticNotesService } from './automatic-notes.service';
import { HeardMessages } from './heard-messages';
import { RequestedNotesService } from './requested-notes.service';
import { WhisperService } from './whisper.service';

/** A message as an event brings it. */
export interface HeardMessage {
  message: SlackMessage;
  /** Workspace in which hark is installed, and its user there. */
  team: string;
  botUserId: string;
  /** The event that brings it. One that mentions hark in a channel comes as both. */
  as: 'message' | 'app_mention';
}

/** Decides what a new message is to hark. */
@Injectable()
export class MessageHandler {
  private readonly logger = new Logger(MessageHandler.name);

  constructor(
    private readonly automatic: AutomaticNotesService,
    private readonly requested: RequestedNotesService,
    private readonly heard: HeardMessages,
    private readonly whisper: WhisperService,
    private readonly conversations: SlackConversationsService,
  ) {}

  /**
   * What cannot be stored at present is tried again for a while.
   *
   * @param signal ends the trying
   * @throws Error when that was in vain: the message is to be brought again
   */
  async handle({ message, team, botUserId, as }: HeardMessage, signal: AbortSignal): Promise<void> {
    // Other bots' notes are nobody's voice, and answering them might never end.
    if (!isFromPerson(message, botUserId)) return;
    const direct = message.channel_type === 'im';
    const mentioned = mentions(message, botUserId);
    if (as === 'message' && mentioned && !direct) return;
    const asked = direct || mentioned;
    const key = `${team}:${message.channel}:${message.ts}`;
    const repeated = !this.heard.isNew(key);
    // The first one is in hand; taken for another ask, this one would be told that the answer is there already.
    if (asked && repeated && !this.heard.isOpen(key) && filesOf(message).length === 0) return;
    const read = async (): Promise<string | undefined> => {
      // Messages say it, mentions do not, nor do files.
      const kind = message.channel_type ?? (await this.conversations.kindOf(team, message.channel, signal));
      const known = { ...message, channel_type: kind };
      return asked ? this.requested.answer(known, team, signal) : this.automatic.read(known, team, signal);
    };
    const say = async (news: string | undefined): Promise<void> => {
      if (news !== undefined && !repeated) await this.whisper.say(team, message, news);
    };
    try {
      await say(await patience.execute(read, signal));
    } catch (error) {
      const told = HarkError.from(error);
      if (told.retryable) this.heard.leaveOpen(key);
      signal.throwIfAborted();
      if (asked) await say(await this.requested.refusal(message, team, told));
      if (told.retryable) throw error;
      this.logger.error({ err: error, message: message.ts, msg: 'A message could not be taken in' });
    }
  }
}

function mentions({ text = '' }: SlackMessage, botUserId: string): boolean {
  return text.includes(`<@${botUserId}>`) || text.includes(`<@${botUserId}|`);
}
