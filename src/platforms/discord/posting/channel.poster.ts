import { Injectable } from '@nestjs/common';
import { APIMessage } from 'discord.js';
import { Clock } from '../../../core/clock';
import { HarkError } from '../../../core/errors';
import { DiscordMessage } from './answer.renderer';
import { DiscordOwnMessages } from './own.messages';
import { shows } from './message.comparison';
import { DiscordMessagesService } from './messages.service';
import { digestOf, DiscordReply, nonceOf } from './reply';
import { DiscordOrphansService } from './orphans.service';

/** Discord remembers a nonce for a few minutes; what may be older than this is looked for before it is posted. */
const NONCE_TRUSTED_MS = 60_000;

/** Where and for what messages are posted. */
export interface Place {
  channel: string;
  answerId: string;
  /** When the answer came to be, by our clock. */
  since: Date;
  /** Id of what was asked, a message or a command: nothing of the answer is older, by Discord's clock. */
  asked?: string;
  /** The message that the first one answers, and whose server decides what becomes of it without that. */
  note?: { id: string; workspace?: string };
}

export type Shown = Pick<DiscordReply, 'messages' | 'shown' | 'removed'>;

/** Brings the messages of a channel to what they are to be: each posted once, edited when it differs, or removed. */
@Injectable()
export class DiscordChannelPoster {
  constructor(
    private readonly messages: DiscordMessagesService,
    private readonly own: DiscordOwnMessages,
    private readonly orphans: DiscordOrphansService,
    private readonly clock: Clock,
  ) {}

  /**
   * @param before what is known to have been posted; what is not is found by its nonce or in the channel
   * @param from index of the first message that is this channel's business
   */
  async show(
    place: Place,
    wanted: readonly DiscordMessage[],
    before: Shown,
    signal: AbortSignal,
    from = 0,
  ): Promise<Shown> {
    const now = { ...before, messages: [...before.messages], shown: [...before.shown] };
    for (const [index, message] of wanted.entries()) {
      if (index < from) continue;
      now.messages[index] = await this.bring(place, message, now, index, signal);
      now.shown[index] = digestOf(message);
    }
    const surplus = now.messages.splice(wanted.length);
    for (const id of surplus) await this.remove(place.channel, id, signal);
    const removed = (before.removed ?? 0) + surplus.length;
    return { ...now, shown: now.shown.slice(0, wanted.length), removed };
  }

  /** Does nothing when it is gone. */
  async remove(channel: string, id: string, signal: AbortSignal): Promise<void> {
    await this.messages.remove(channel, id, signal).catch(unlessGone);
  }

  private async bring(
    place: Place,
    message: DiscordMessage,
    before: Shown,
    index: number,
    signal: AbortSignal,
  ): Promise<string> {
    const { messages, shown } = before;
    const known = messages[index];
    if (known !== undefined) {
      if (shown[index] === digestOf(message)) return known;
      const edited = await this.messages.edit(place.channel, known, message, signal).catch(unlessGone);
      if (edited) return known;
    }
    const lost = known === undefined && this.isOld(place);
    const there =
      (lost ? await this.own.find(place, messages.slice(0, index), signal) : undefined) ??
      (await this.post(place, message, index, before, signal));
    // A nonce that was used before gives the message of that time, which may have said something else.
    if (!shows(there, message)) await this.messages.edit(place.channel, there.id, message, signal);
    return there.id;
  }

  private async post(
    { channel, answerId, note }: Place,
    message: DiscordMessage,
    index: number,
    { messages, removed = 0 }: Shown,
    signal: AbortSignal,
  ): Promise<APIMessage> {
    const nonce = nonceOf(answerId, index, messages[index] ?? removed);
    const reply = (id: string | undefined, mustExist: boolean) =>
      this.messages.post(
        channel,
        message,
        {
          nonce,
          message_reference: id === undefined ? undefined : { message_id: id, fail_if_not_exists: mustExist },
        },
        signal,
      );
    if (index > 0) return reply(messages[0], false);
    try {
      return await reply(note?.id, true);
    } catch (error) {
      if (!(await this.orphans.mayStand(error, note?.workspace))) throw error;
      return reply(undefined, false);
    }
  }

  /** Also what seems to come from the future: then nobody knows how old it is. */
  private isOld({ since }: Place): boolean {
    return Math.abs(this.clock.now().getTime() - since.getTime()) > NONCE_TRUSTED_MS;
  }
}

function unlessGone(error: unknown): undefined {
  if (error instanceof HarkError && (error.code === 'message_gone' || error.code === 'channel_gone')) return;
  throw error;
}
