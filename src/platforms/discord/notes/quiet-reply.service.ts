import { Injectable, Logger } from '@nestjs/common';
import { Message, MessageFlags } from 'discord.js';

/** Says things that are no transcript: briefly, without a sound, and once for each message. */
@Injectable()
export class QuietReplyService {
  private readonly logger = new Logger(QuietReplyService.name);

  /** Never throws: where hark may not write, nothing is said. */
  async say(message: Message, content: string): Promise<void> {
    await this.courteously(() =>
      message.reply({
        content,
        allowedMentions: { parse: [], repliedUser: false },
        flags: [MessageFlags.SuppressNotifications, MessageFlags.SuppressEmbeds],
        failIfNotExists: false,
        // The message may reach hark twice.
        nonce: `hark:${message.id}`.slice(0, 25),
        enforceNonce: true,
      }),
    );
  }

  /** Says something that does not count as an answer to the message. What was said; undefined when nothing was. */
  async aside({ channel, author, guild }: Message, content: string): Promise<Message | undefined> {
    let said: Message | undefined;
    await this.courteously(async () => {
      if (!channel.isSendable()) return;
      said = await channel.send({
        content: guild ? `<@${author.id}> ${content}` : content,
        allowedMentions: { parse: [] },
        flags: [MessageFlags.SuppressNotifications],
      });
    });
    return said;
  }

  async remove(said: Message): Promise<void> {
    await this.courteously(() => said.delete());
  }

  async react(message: Message, emoji: string): Promise<void> {
    await this.courteously(() => message.react(emoji));
  }

  private async courteously(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.logger.debug({ err: error, msg: 'Something could not be said in Discord' });
    }
  }
}
