import { Injectable } from '@nestjs/common';
import { Answer } from '../../../core/answer';
import { DiscordAnswerRenderer } from './answer.renderer';
import { DiscordChannelPoster, Place } from './channel.poster';
import { DiscordMessagesService } from './messages.service';
import { DiscordReply, replyOf } from './reply';

/** Shows answers as messages of a channel. */
@Injectable()
export class DiscordChannelOutlet {
  constructor(
    private readonly renderer: DiscordAnswerRenderer,
    private readonly poster: DiscordChannelPoster,
    private readonly messages: DiscordMessagesService,
  ) {}

  /** Where the note stands, in answer to it. */
  async besideNote(answer: Answer, channel: string, signal: AbortSignal): Promise<DiscordReply> {
    return this.show(answer, 'message', channel, signal);
  }

  /** Where the answer stands already, whichever way it got there. */
  async again(answer: Answer, { via, channel }: DiscordReply, signal: AbortSignal): Promise<DiscordReply> {
    return this.show(answer, via, channel, signal);
  }

  /** Other edits wait there already. */
  isBusy({ channel }: DiscordReply): boolean {
    return this.messages.isEditing(channel);
  }

  /** To whoever asked, alone. */
  async directly(answer: Answer, signal: AbortSignal): Promise<DiscordReply> {
    const asker = answer.parts.at(-1)?.job.requester.id ?? '';
    return this.show(answer, 'dm', await this.messages.directChannel(asker, signal), signal);
  }

  private async show(
    answer: Answer,
    via: DiscordReply['via'],
    channel: string,
    signal: AbortSignal,
  ): Promise<DiscordReply> {
    const before = replyOf(answer);
    const known = before?.channel === channel ? before : { messages: [], shown: [] };
    const shown = await this.poster.show(
      placeOf(answer, channel),
      this.renderer.render(answer),
      known,
      signal,
    );
    return { via, channel, ...shown };
  }
}

/** Where the answer's notes stand. Undefined for a command that was used without a message and without a channel. */
export function homeOf({ address }: Answer): string | undefined {
  return address.thread ?? address.channel;
}

/** The place of an answer's messages in a channel; only beside the note can they refer to it. */
export function placeOf(answer: Answer, channel: string): Place {
  const { message, workspace, interaction } = answer.address;
  const note = channel === homeOf(answer) && message !== undefined ? { id: message, workspace } : undefined;
  const asked = interaction?.id ?? message;
  return { channel, answerId: answer.id, since: answer.createdAt, asked, note };
}
