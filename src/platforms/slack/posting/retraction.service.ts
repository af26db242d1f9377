import { Injectable } from '@nestjs/common';
import { PostedReply } from '../../../core/job-events';
import { SlackFilePoster } from './file.poster';
import { SlackMessages } from './messages.service';
import { replyOf, SlackReply } from './reply';

const WITHIN_MS = 60_000;

/** Takes back what was posted. */
@Injectable()
export class SlackRetractionService {
  constructor(
    private readonly messages: SlackMessages,
    private readonly files: SlackFilePoster,
  ) {}

  /** Does nothing when it is gone, or was only ever seen by the one who asked. @throws HarkError */
  async retract(posted: PostedReply): Promise<void> {
    const reply: SlackReply | undefined = replyOf(posted);
    if (!reply || reply.via === 'response') return;
    const signal = AbortSignal.timeout(WITHIN_MS);
    const place = { team: posted.address.workspace, channel: reply.channel };
    for (const { id } of reply.files) await this.files.remove(place, id, signal);
    for (const ts of reply.messages.toReversed()) await this.messages.remove(place, ts, signal);
  }
}
