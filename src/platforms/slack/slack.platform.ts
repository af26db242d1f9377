import { Injectable, OnModuleInit } from '@nestjs/common';
import { Answer } from '../../core/answer';
import { hasDraft, isPrivate, showByFirstOpen } from '../../core/answer-outlets';
import { ChatPlatform } from '../../core/chat-platform';
import { PostedReply } from '../../core/job-events';
import { MediaInput } from '../../core/media';
import { PlatformRegistry } from '../../core/platform.registry';
import { AttachmentSource } from '../../core/voice-note';
import { homeOf } from './posting/channel.outlet';
import { SlackOutletsService } from './posting/outlets.service';
import { replyOf, SlackReply } from './posting/reply';
import { SlackRetractionService } from './posting/retraction.service';
import { SLACK_LIMITS } from './slack-limits';
import { SlackPace } from './slack-pace.service';
import { SlackMediaService } from './slack-media.service';

/** Slack, as the core sees it. Over the Web API only: what Slack sends is the business of the `bot` role. */
@Injectable()
export class SlackPlatform extends ChatPlatform implements OnModuleInit {
  readonly name = 'slack';
  readonly limits = SLACK_LIMITS;

  constructor(
    private readonly registry: PlatformRegistry,
    private readonly media: SlackMediaService,
    private readonly outlets: SlackOutletsService,
    private readonly retraction: SlackRetractionService,
    private readonly pace: SlackPace,
  ) {
    super();
  }

  onModuleInit(): void {
    this.registry.add(this);
  }

  openMedia(source: AttachmentSource, signal: AbortSignal): Promise<MediaInput> {
    return this.media.open(source, signal);
  }

  async report(answer: Answer, signal: AbortSignal): Promise<SlackReply | undefined> {
    const reply = replyOf(answer);
    const room = this.pace.mayShowProgress();
    if (reply && !room && !hasDraft(answer)) return reply;
    const familiar = this.outlets.of(answer).filter((outlet) => outlet.forProgress);
    return familiar.length > 0 ? showByFirstOpen(answer, familiar, signal) : reply;
  }

  /** What was sent by a command's `response_url` cannot be changed, and before it is sent nobody knows which way is open. */
  canRevise(answer: Answer): boolean {
    const unknown = answer.address.interaction !== undefined && replyOf(answer)?.via !== 'message';
    return !isPrivate(answer) && !unknown && homeOf(answer) !== undefined;
  }

  deliver(answer: Answer, signal: AbortSignal): Promise<SlackReply> {
    return showByFirstOpen(answer, this.outlets.of(answer), signal);
  }

  retract(posted: PostedReply): Promise<void> {
    return this.retraction.retract(posted);
  }
}
