import { Injectable } from '@nestjs/common';
import { Message } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { AttachmentSource } from '../../core/voice-note';
import { attachmentsIn } from './discord.mapper';

/** A note that waits for longer may have been deleted meanwhile, unheard: then Discord is asked. */
const FRESH_MS = 30_000;
const MOST = 1_000;

/**
 * The addresses of files that were posted just now, in memory only: whoever reads a note at once need not ask Discord
 * for the message that it has just sent.
 */
@Injectable()
export class FreshAddressesService {
  private readonly ofMessages = new LRUCache<string, ReadonlyMap<string, string>>({
    max: MOST,
    ttl: FRESH_MS,
  });

  remember(message: Message): void {
    this.ofMessages.set(message.id, new Map(attachmentsIn(message).map(({ id, url }) => [id, url])));
  }

  /** The message was changed or deleted. */
  forget(messageId: string): void {
    this.ofMessages.delete(messageId);
  }

  of({ ids: { message = '', attachment = '' } }: AttachmentSource): string | undefined {
    return this.ofMessages.get(message)?.get(attachment);
  }
}
