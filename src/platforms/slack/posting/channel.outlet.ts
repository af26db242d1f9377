import { Injectable } from '@nestjs/common';
import { Answer } from '../../../core/answer';
import { SlackAnswerRenderer } from './answer.renderer';
import { SlackChannelPoster } from './channel.poster';
import { Conversation, SlackMessages } from './messages.service';
import { NOTHING_SHOWN, replyOf, SlackReply } from './reply';

/** Slack's clock and ours need not agree. */
const CLOCK_SKEW_MS = 10 * 60_000;

/** Shows answers as messages that stay. */
@Injectable()
export class SlackChannelOutlet {
  constructor(
    private readonly renderer: SlackAnswerRenderer,
    private readonly poster: SlackChannelPoster,
    private readonly messages: SlackMessages,
  ) {}

  /** In the thread of the note; where there is none, in the channel. */
  besideNote(answer: Answer, home: Conversation, signal: AbortSignal): Promise<SlackReply> {
    return this.show(answer, 'message', home, signal);
  }

  /** To whoever asked, alone. */
  async directly(answer: Answer, signal: AbortSignal): Promise<SlackReply> {
    const { workspace: team } = answer.address;
    const before = replyOf(answer);
    const channel =
      before?.via === 'dm' ? before.channel : await this.messages.direct(team, askerOf(answer), signal);
    return this.show(answer, 'dm', { team, channel }, signal);
  }

  private async show(
    answer: Answer,
    via: SlackReply['via'],
    place: Conversation,
    signal: AbortSignal,
  ): Promise<SlackReply> {
    const wanted = this.renderer.render(answer);
    const reply = replyOf(answer);
    const before = reply?.via === via && reply.channel === place.channel ? reply : undefined;
    const { id: answerId, createdAt: since } = answer;
    const shown = await this.poster.show(
      { ...place, answerId, since, from: beginningOf(answer, place) },
      wanted,
      before ?? NOTHING_SHOWN,
      signal,
    );
    return { via, channel: place.channel, ...shown };
  }
}

/** Where the answer to a note goes. Undefined for a command that was used in no channel. */
export function homeOf({ address }: Answer): Conversation | undefined {
  const { workspace: team, channel, thread, message } = address;
  return channel === undefined ? undefined : { team, channel, thread: thread ?? message };
}

/** In a thread the note itself says it, else only our own clock does. */
function beginningOf({ address, createdAt }: Answer, { thread }: Conversation): Date {
  const note = thread === undefined ? undefined : address.message;
  return new Date(note === undefined ? createdAt.getTime() - CLOCK_SKEW_MS : Number(note) * 1_000);
}

function askerOf({ address, parts }: Answer): string {
  return address.interaction?.extra?.userId ?? parts.at(-1)?.job.requester.id ?? '';
}
