import { Injectable } from '@nestjs/common';
import { APIApplication, APIUser, ApplicationFlags, ApplicationFlagsBitField, Routes } from 'discord.js';
import { Clock } from '../../core/clock';
import { toHarkError } from './discord-error.mapper';
import { DiscordRest } from './discord.rest';

/** What Discord knows of hark itself. Every method throws `HarkError`. */
@Injectable()
export class DiscordApplicationService {
  private me?: string;

  constructor(
    private readonly rest: DiscordRest,
    private readonly clock: Clock,
  ) {}

  /** The id of the bot's user: the author of everything hark posts. */
  async userId(signal: AbortSignal): Promise<string> {
    this.me ??= (await this.get<APIUser>(Routes.user(), signal)).id;
    return this.me;
  }

  application(signal: AbortSignal): Promise<APIApplication> {
    return this.get(Routes.currentApplication(), signal);
  }

  private async get<T>(route: `/${string}`, signal: AbortSignal): Promise<T> {
    try {
      return (await this.rest.get(route, { signal })) as T;
    } catch (error) {
      signal.throwIfAborted();
      throw toHarkError(error, this.clock.now());
    }
  }
}

/** Whether the developer portal's switch for message content is on; the second flag is that of small bots. */
export function readsMessageContent({ flags }: Pick<APIApplication, 'flags'>): boolean {
  return new ApplicationFlagsBitField(flags).any([
    ApplicationFlags.GatewayMessageContent,
    ApplicationFlags.GatewayMessageContentLimited,
  ]);
}
