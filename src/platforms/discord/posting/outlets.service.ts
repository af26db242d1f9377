import { Injectable } from '@nestjs/common';
import { Answer } from '../../../core/answer';
import { AnswerOutlet, hasDraft, isPrivate } from '../../../core/answer-outlets';
import { Clock } from '../../../core/clock';
import { DiscordChannelOutlet, homeOf } from './channel.outlet';
import { DiscordOriginalOutlet } from './original.outlet';
import { DiscordReply, replyOf } from './reply';

type Outlet = AnswerOutlet<DiscordReply>;

/** Knows the ways that an answer can go at present. */
@Injectable()
export class DiscordOutletsService {
  constructor(
    private readonly original: DiscordOriginalOutlet,
    private readonly channels: DiscordChannelOutlet,
    private readonly clock: Clock,
  ) {}

  /**
   * Best first. A command's answer goes by its token while that is valid; then where its response stands, beside the
   * note, or to the asker directly. What is private never goes into a channel.
   */
  of(answer: Answer): Outlet[] {
    const reply = replyOf(answer);
    const { interaction } = answer.address;
    const hidden = isPrivate(answer);
    const outlets: Outlet[] = [];
    const add = (forProgress: boolean, show: Outlet['show']): unknown => outlets.push({ forProgress, show });
    const free = reply === undefined || hasDraft(answer) || !this.channels.isBusy(reply);

    const byToken = reply === undefined || reply.via === 'interaction';
    if (interaction && byToken && interaction.expiresAt > this.clock.now()) {
      add(true, (signal) => this.original.show(answer, interaction, signal));
    }
    if (reply?.via === 'dm' || (reply?.via === 'interaction' && !hidden)) {
      add(free, (signal) => this.channels.again(answer, reply, signal));
    }
    const home = homeOf(answer);
    const byCommand = interaction !== undefined || (reply !== undefined && reply.via !== 'message');
    if (home !== undefined && !hidden) {
      add(free && (!byCommand || reply?.via === 'message'), (signal) =>
        this.channels.besideNote(answer, home, signal),
      );
    }
    if (byCommand || hidden) add(false, (signal) => this.channels.directly(answer, signal));
    return outlets;
  }
}
