import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { DoingsService } from './connection/doings.service';
import { DiscordApplicationService } from './discord-application.service';
import { INCOMING } from './discord-incoming.providers';
import { DiscordMediaService } from './discord-media.service';
import { DiscordPresenceService } from './discord-presence.service';
import { DiscordTimings } from './discord-timings';
import { DiscordCheck } from './discord.check';
import { DiscordClient } from './discord.client';
import { DiscordPlatform } from './discord.platform';
import { DiscordRest } from './discord.rest';
import { FreshAddressesService } from './fresh-addresses.service';
import { DiscordAnswerRenderer } from './posting/answer.renderer';
import { DiscordChannelOutlet } from './posting/channel.outlet';
import { DiscordChannelPoster } from './posting/channel.poster';
import { DiscordFarewellService } from './posting/farewell.service';
import { DiscordMessagesService } from './posting/messages.service';
import { DiscordOriginalOutlet } from './posting/original.outlet';
import { DiscordOrphansService } from './posting/orphans.service';
import { DiscordOutletsService } from './posting/outlets.service';
import { DiscordOwnMessages } from './posting/own.messages';
import { VOICE } from './voice/voice.providers';
import { DiscordRetractionService } from './posting/retraction.service';

const CONNECTION = [
  DiscordRest,
  FreshAddressesService,
  DiscordApplicationService,
  DiscordClient,
  DoingsService,
  DiscordPresenceService,
  DiscordCheck,
  { provide: DiscordTimings, useFactory: () => new DiscordTimings() },
];
const POSTING = [
  DiscordAnswerRenderer,
  DiscordMessagesService,
  DiscordFarewellService,
  DiscordOwnMessages,
  DiscordOrphansService,
  DiscordChannelPoster,
  DiscordChannelOutlet,
  DiscordOriginalOutlet,
  DiscordOutletsService,
  DiscordRetractionService,
];

/** hark in Discord. */
@Module({
  providers: [...CONNECTION, ...POSTING, ...VOICE, ...INCOMING, DiscordMediaService, DiscordPlatform],
})
export class DiscordModule {
  /** @param imports modules that provide the core's use cases and ports */
  static over(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return { module: DiscordModule, imports };
  }
}
