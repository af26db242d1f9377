import { Injectable, OnModuleInit } from '@nestjs/common';
import { Answer } from '../../core/answer';
import { isPrivate, showByFirstOpen } from '../../core/answer-outlets';
import { ChatPlatform } from '../../core/chat-platform';
import { PostedReply } from '../../core/job-events';
import { MediaInput } from '../../core/media';
import { PlatformRegistry } from '../../core/platform.registry';
import { AttachmentSource } from '../../core/voice-note';
import { DISCORD_LIMITS } from './discord-limits';
import { DiscordMediaService } from './discord-media.service';
import { answersAlone } from './posting/original.outlet';
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

  /** The response to a command that only the asker sees can be changed for a quarter of an hour. */
  canRevise(answer: Answer): boolean {
    return !isPrivate(answer) && !answersAlone(answer);
  }

  deliver(answer: Answer, signal: AbortSignal): Promise<DiscordReply> {
    return showByFirstOpen(answer, this.outlets.of(answer), signal);
  }

  retract(posted: PostedReply): Promise<void> {
    return this.retraction.retract(posted);
  }
}
