import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Message } from 'discord.js';
import { Phrasebook } from '../../../core/phrasebook';
import { DiscordTimings } from '../discord-timings';
import { QuietReplyService } from './quiet-reply.service';

/** Tells whoever has asked, once and after a while, that it takes longer. The sentence goes when that is over. */
@Injectable()
export class DelayNoticeService {
  constructor(
    private readonly replies: QuietReplyService,
    private readonly phrasebook: Phrasebook,
    private readonly timings: DiscordTimings,
  ) {}

  /** What comes of `work`. */
  async during<T>(message: Message, work: Promise<T>): Promise<T> {
    const over = new AbortController();
    const { signal } = over;
    const sentence = this.phrasebook.say(message.guild?.preferredLocale, 'answer.takesLonger');
    const told = pause(this.timings.longMs, undefined, { signal, ref: false }).then(
      () => this.replies.aside(message, sentence),
      () => undefined,
    );
    try {
      return await work;
    } finally {
      over.abort();
      const notice = await told;
      if (notice) await this.replies.remove(notice);
    }
  }
}
