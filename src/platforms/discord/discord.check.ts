import { Injectable, OnModuleInit } from '@nestjs/common';
import { HarkError } from '../../core/errors';
import { HealthCheck, HealthReport } from '../../core/health-check';
import { HealthRegistry } from '../../core/health.registry';
import { Leadership } from '../../core/leadership';
import { Settings } from '../../settings/settings';
import { invitationOf } from './connection/invitation';
import { CONTENT_MISSING } from './connection/message-content';
import { DiscordApplicationService, readsMessageContent } from './discord-application.service';
import { DiscordClient } from './discord.client';

const WITHIN_MS = 4_000;
const NEW_TOKEN =
  'Open https://discord.com/developers/applications, choose the app, then Bot, press "Reset Token", and set DISCORD_TOKEN to the new one.';

/** Whether Discord takes the token, grants what hark needs, and is connected. */
@Injectable()
export class DiscordCheck extends HealthCheck implements OnModuleInit {
  readonly name = 'discord';

  constructor(
    private readonly registry: HealthRegistry,
    private readonly application: DiscordApplicationService,
    private readonly client: DiscordClient,
    private readonly leadership: Leadership,
    private readonly settings: Settings,
  ) {
    super();
  }

  onModuleInit(): void {
    this.registry.add(this);
  }

  async check(): Promise<HealthReport[]> {
    const { name } = this;
    if (this.client.hopeless)
      return [{ name, state: 'broken', detail: this.client.hopeless, remedy: NEW_TOKEN }];
    if (this.leadership.term && !this.client.ready) {
      return [
        { name, state: 'broken', detail: 'hark is not connected to Discord at present; it keeps trying.' },
      ];
    }
    try {
      return await this.look();
    } catch (error) {
      const { userMessage, retryable } = HarkError.from(error);
      return [{ name, state: 'broken', detail: userMessage, remedy: retryable ? undefined : NEW_TOKEN }];
    }
  }

  private async look(): Promise<HealthReport[]> {
    const { ready } = this.client;
    if (ready) return this.describe(ready.application.id, ready.guilds.cache.size, this.client.readsContent);
    const application = await this.application.application(AbortSignal.timeout(WITHIN_MS));
    const servers = application.approximate_guild_count ?? 0;
    return this.describe(application.id, servers, readsMessageContent(application));
  }

  private describe(id: string, servers: number, content: boolean): HealthReport[] {
    const state = `Discord accepts the token; hark is in ${servers} ${servers === 1 ? 'server' : 'servers'}.`;
    const voice = this.settings.discord?.voice ?? false;
    const listens = voice ? ' /listen is switched on.' : '';
    const detail = `${state}${listens} To invite it: ${invitationOf(id, voice)}`;
    const reports: HealthReport[] = [{ name: this.name, state: 'ok', detail }];
    if (!content) reports.push({ name: `${this.name} intents`, state: 'warning', ...CONTENT_MISSING });
    return reports;
  }
}
