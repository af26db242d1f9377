import { Injectable } from '@nestjs/common';
import { HarkError } from '../../../core/errors';
import { PostedReply } from '../../../core/job-events';
import { DiscordChannelPoster } from './channel.poster';
import { DiscordReply, replyOf } from './reply';

const WITHIN_MS = 30_000;

/** Takes back what was posted. */
@Injectable()
export class DiscordRetractionService {
  constructor(private readonly poster: DiscordChannelPoster) {}

  /** Does nothing when it is gone, or was only ever seen by the one who asked. @throws HarkError */
  async retract(posted: PostedReply): Promise<void> {
    const reply: DiscordReply | undefined = replyOf(posted);
    const signal = AbortSignal.timeout(WITHIN_MS);
    for (const id of reply?.messages.toReversed() ?? []) {
      try {
        await this.poster.remove(reply?.channel ?? '', id, signal);
      } catch (error) {
        // The response to a command in a place where hark is no member, or an ephemeral one.
        if (!(reply?.via === 'interaction' && isForbidden(error))) throw error;
      }
    }
  }
}

function isForbidden(error: unknown): boolean {
  return error instanceof HarkError && error.code === 'permission_missing';
}
