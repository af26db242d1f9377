import { Injectable } from '@nestjs/common';
import { Answer } from '../../../core/answer';
import { AnswerOutlet, isPrivate } from '../../../core/answer-outlets';
import { homeOf, SlackChannelOutlet } from './channel.outlet';
import { replyOf, SlackReply } from './reply';
import { SlackResponseOutlet } from './response.outlet';

/** Knows the ways that an answer can go at present. */
@Injectable()
export class SlackOutletsService {
  constructor(
    private readonly channels: SlackChannelOutlet,
    private readonly responses: SlackResponseOutlet,
  ) {}

  /**
   * Best first: beside the note, where it stays and can be changed; by the command's `response_url`, also where hark is
   * no member; to the asker directly. What is private never goes into a channel.
   */
  of(answer: Answer): AnswerOutlet<SlackReply>[] {
    const reply = replyOf(answer);
    const { interaction } = answer.address;
    const hidden = isPrivate(answer);
    const outlets: AnswerOutlet<SlackReply>[] = [];
    const home = homeOf(answer);
    if (home && !hidden && (reply === undefined || reply.via === 'message'))
      outlets.push({ forProgress: true, show: (signal) => this.channels.besideNote(answer, home, signal) });
    if (
      interaction &&
      reply?.via !== 'message' &&
      reply?.via !== 'dm' &&
      this.responses.isOpen(answer, interaction)
    )
      outlets.push({ forProgress: true, show: (signal) => this.responses.show(answer, interaction, signal) });
    if (interaction || hidden || (reply && reply.via !== 'message'))
      outlets.push({ forProgress: reply?.via === 'dm', show: (signal) => this.directly(answer, signal) });
    return outlets;
  }

  private async directly(answer: Answer, signal: AbortSignal): Promise<SlackReply> {
    const reply = await this.channels.directly(answer, signal);
    const { interaction } = answer.address;
    if (interaction && replyOf(answer)?.via !== 'dm')
      await this.responses.mention(answer, interaction, 'answer.sentPrivately', signal);
    return reply;
  }
}
