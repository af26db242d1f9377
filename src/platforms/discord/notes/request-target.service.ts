import { Injectable, Logger } from '@nestjs/common';
import { Message } from 'discord.js';
import { MediaSource, Person } from '../../../core/voice-note';
import { sourcesOf } from '../discord.mapper';
import { OriginalSpeakerService } from './original-speaker.service';

/** The message that somebody wants read. */
export interface RequestTarget {
  message: Message;
  author: Person;
  /** May be empty: there is nothing to read. */
  sources: MediaSource[];
}

/** Finds out which message is meant by one that asks. */
@Injectable()
export class RequestTargetService {
  private readonly logger = new Logger(RequestTargetService.name);

  constructor(private readonly speakers: OriginalSpeakerService) {}

  /** The message itself when it brings a file, else the one it answers, else what it links to. */
  async find(message: Message): Promise<RequestTarget> {
    const own = sourcesOf(message, { asked: true });
    if (own.some(({ kind }) => kind === 'attachment')) return this.target(message, own);
    const answered = await this.answeredBy(message);
    const theirs = answered ? sourcesOf(answered, { asked: true }) : [];
    if (answered && (theirs.length > 0 || own.length === 0)) return this.target(answered, theirs);
    return this.target(message, own);
  }

  private async target(message: Message, sources: MediaSource[]): Promise<RequestTarget> {
    return { message, author: await this.speakers.of(message), sources };
  }

  /** Whoever answers hark's transcript means the note that it answers. */
  private async answeredBy(message: Message): Promise<Message | undefined> {
    const answered = await this.referenceOf(message);
    if (answered?.author.id !== message.client.user.id) return answered;
    return (await this.referenceOf(answered)) ?? answered;
  }

  private async referenceOf(message: Message): Promise<Message | undefined> {
    if (!message.reference?.messageId) return undefined;
    try {
      return await message.fetchReference();
    } catch (error) {
      this.logger.debug({ err: error, msg: 'The message that was answered is out of sight' });
      return undefined;
    }
  }
}
