import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { Settings } from '../settings/settings';
import { DiscordModule } from './discord/discord.module';
import { SlackModule } from './slack/slack.module';

type Imports = NonNullable<ModuleMetadata['imports']>;

/** Where people talk: the platforms that the settings switch on. */
@Module({})
export class PlatformsModule {
  /** @param imports modules that provide the core's use cases and ports, words and health */
  static register(settings: Settings, imports: Imports): DynamicModule {
    const platforms = [
      settings.discord && DiscordModule.over(imports),
      settings.slack && SlackModule.over(imports),
    ];
    return { module: PlatformsModule, imports: platforms.filter((platform) => platform !== undefined) };
  }
}
