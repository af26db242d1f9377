import { Injectable, OnModuleInit } from '@nestjs/common';
import { Answer } from '../../core/answer';
import { ChatPlatform } from '../../core/chat-platform';
import { HarkError } from '../../core/errors';
import { PostedReply } from '../../core/job-events';
import { MediaInput } from '../../core/media';
import { PlatformRegistry } from '../../core/platform.registry';
import { AttachmentSource } from '../../core/voice-note';
import { DISCORD_LIMITS } from './discord-limits';
import { DiscordMediaService } from './discord-media.service';
import { DiscordOutletsService } from './posting/outlets.service';
import { DiscordReply, replyOf } from './posting/reply';
import { DiscordRetractionService } from './posting/retraction.service';

/** Discord, as the core sees it. Over REST only: the gateway is the business of the `bot` role. */
@Injectable()
export class DiscordPlatform extends ChatPlatform implements OnModuleInit {
  readonly name = 'discord';
  readonly limits = DISCORD_LIMITS;

  constructor(
    private readonly registry: PlatformRegistry,
    private readonly media: DiscordMediaService,
    private readonly outlets: DiscordOutletsService,
    private readonly retraction: DiscordRetractionService,
  ) {
    super();
  }

  onModuleInit(): void {
    this.registry.add(this);
  }

  openMedia(source: AttachmentSource, signal: AbortSignal): Promise<MediaInput> {
    return this.media.open(source, signal);
  }

  async report(answer: Answer, signal: AbortSignal): Promise<DiscordReply | undefined> {
    const [best] = this.outlets.of(answer);
    return best?.forProgress ? best.show(signal) : replyOf(answer);
  }

  async deliver(answer: Answer, signal: AbortSignal): Promise<DiscordReply> {
    const outlets = this.outlets.of(answer);
    const refusals: HarkError[] = [];
    for (const outlet of outlets) {
      try {
        return await outlet.show(signal);
      } catch (error) {
        if (!isClosed(error)) throw error;
        refusals.push(error);
      }
    }
    const [only] = refusals;
    if (only && outlets.length === 1 && !answer.address.interaction) throw only;
    throw new HarkError(
      'interaction_expired',
      'The command has expired, and there is no other way to answer.',
      {
        cause: new AggregateError(refusals, 'every way to answer is closed'),
      },
    );
  }

  retract(posted: PostedReply): Promise<void> {
    return this.retraction.retract(posted);
  }
}

/** This way is closed for good; another one may be open. */
function isClosed(error: unknown): error is HarkError {
  return (
    error instanceof HarkError &&
    ['interaction_expired', 'permission_missing', 'channel_gone', 'message_gone'].includes(error.code)
  );
}
