import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { HealthRegistry } from '../core/health.registry';
import { Settings } from '../settings/settings';
import { DiscordModule } from './discord/discord.module';
import { SlackModule } from './slack/slack.module';
import { SwitchedOffCheck } from './switched-off.check';

type Imports = NonNullable<ModuleMetadata['imports']>;

/** Every platform, with the setting that switches it on. Without it nothing of it is loaded: see `.swcrc`. */
const PLATFORMS = [
  { name: 'discord', setting: 'DISCORD_TOKEN', module: () => DiscordModule },
  { name: 'slack', setting: 'SLACK_BOT_TOKEN', module: () => SlackModule },
] as const;

/** Where people talk: the platforms that the settings switch on. */
@Module({})
export class PlatformsModule {
  /** @param imports modules that provide the core's use cases and ports, words and health */
  static register(settings: Settings, imports: Imports): DynamicModule {
    const on = PLATFORMS.filter(({ name }) => settings[name] !== undefined);
    const off = PLATFORMS.filter(({ name }) => settings[name] === undefined);
    return {
      module: PlatformsModule,
      imports: [...imports, ...on.map(({ module }) => module().over(imports))],
      providers: [
        {
          provide: SwitchedOffCheck,
          inject: [HealthRegistry],
          useFactory: (registry: HealthRegistry) => new SwitchedOffCheck(registry, off),
        },
      ],
    };
  }
}
