import { Injectable, OnModuleInit } from '@nestjs/common';
import { Message } from 'discord.js';
import { Leadership } from '../../../core/leadership';
import { FreshAddressesService } from '../fresh-addresses.service';
import { MessageHandler } from './message.handler';
import { MissedMessagesService } from './missed-messages.service';

/** How the messages of one session are taken in. None of these ever rejects. */
export interface Hearing {
  /** Ends with the term, or the process. */
  signal: AbortSignal;
  /** Does what concerns a message when it is its turn, or nothing when another process leads. */
  inTurn: (message: Message, work: () => Promise<void>) => Promise<void>;
  run: (work: () => Promise<void>) => Promise<void>;
}

/**
 * Sees to it that no message is lost that was heard: a number of them waits while nothing can be stored; what is more,
 * or does not get in before the end of the term, is read again later, by this process or by whoever leads next.
 */
@Injectable()
export class HeardMessagesService implements OnModuleInit {
  /** What is heard and cannot be taken in yet is held in memory. */
  protected readonly mostInHand: number = 1_000;
  private readonly inHand = new Set<Message>();
  /** Some were left. */
  private behind = false;
  /** The last one could not be taken in. */
  private stuck = false;

  constructor(
    private readonly messages: MessageHandler,
    private readonly missed: MissedMessagesService,
    private readonly leadership: Leadership,
    private readonly addresses: FreshAddressesService,
  ) {}

  onModuleInit(): void {
    this.leadership.owes(() => this.owedSince());
  }

  /** Resolves when it is taken in, or left to be read again. Never throws. */
  async hear(message: Message, hearing: Hearing): Promise<void> {
    const { signal, inTurn } = hearing;
    if (!this.messages.concerns(message)) return;
    this.addresses.remember(message);
    if (signal.aborted || this.inHand.size >= this.mostInHand) return this.leave(message);
    this.inHand.add(message);
    let taken = false;
    await inTurn(message, async () => {
      // Nobody has the time any more to find that out for each of them.
      if (signal.aborted && this.stuck) return;
      taken = await this.messages.handle(message, signal);
      this.stuck = !taken;
    });
    this.inHand.delete(message);
    if (!taken) this.leave(message);
    else if (this.behind && this.inHand.size === 0) this.catchUp(message, hearing);
  }

  /** The message was changed or deleted. */
  forget(messageId: string): void {
    this.addresses.forget(messageId);
  }

  private leave(message: Message): void {
    this.behind = true;
    this.missed.leave(message);
  }

  private catchUp({ client }: Message, hearing: Hearing): void {
    const since = this.missed.leftSince;
    this.behind = false;
    if (since)
      void hearing.run(() => this.missed.find(client, since, (message) => this.hear(message, hearing)));
  }

  private owedSince(): Date | undefined {
    const waiting = [...this.inHand].map(({ createdTimestamp }) => createdTimestamp);
    const times = [this.missed.leftSince?.getTime() ?? Infinity, ...waiting];
    const first = Math.min(...times);
    return first === Infinity ? undefined : new Date(first);
  }
}
