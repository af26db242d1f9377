import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { SlackAnswerRenderer } from './posting/answer.renderer';
import { SlackChannelOutlet } from './posting/channel.outlet';
import { SlackChannelPoster } from './posting/channel.poster';
import { SlackFilePoster } from './posting/file.poster';
import { SlackFiles } from './posting/files.service';
import { SlackFirstAttempts } from './posting/first-attempts';
import { SlackMessages } from './posting/messages.service';
import { SlackOutletsService } from './posting/outlets.service';
import { SlackOwnMessages } from './posting/own.messages';
import { SlackResponseOutlet } from './posting/response.outlet';
import { SlackRetractionService } from './posting/retraction.service';
import { SlackHttpTransport } from './slack-http.transport';
import { INCOMING } from './slack-incoming.providers';
import { SlackMediaService } from './slack-media.service';
import { SlackPace } from './slack-pace.service';
import { SlackSocketTransport } from './slack-socket.transport';
import { SlackWebApi } from './slack-web-api.service';
import { SlackApp } from './slack.app';
import { SlackCheck } from './slack.check';
import { SlackPlatform } from './slack.platform';
import { SlackWorkspaces } from './slack.workspaces';

const CONNECTION = [
  SlackWorkspaces,
  SlackWebApi,
  SlackApp,
  SlackSocketTransport,
  SlackHttpTransport,
  SlackCheck,
];
const POSTING = [
  SlackAnswerRenderer,
  SlackChannelOutlet,
  SlackChannelPoster,
  SlackFilePoster,
  SlackFiles,
  SlackFirstAttempts,
  SlackMessages,
  SlackOutletsService,
  SlackOwnMessages,
  SlackPace,
  SlackResponseOutlet,
  SlackRetractionService,
];

/** hark in Slack. */
@Module({ providers: [...CONNECTION, ...POSTING, ...INCOMING, SlackMediaService, SlackPlatform] })
export class SlackModule {
  /** @param imports modules that provide the core's use cases and ports */
  static over(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return { module: SlackModule, imports };
  }
}
