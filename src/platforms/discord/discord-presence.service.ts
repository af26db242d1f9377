import { Injectable, Logger, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Events } from 'discord.js';
import { JobEvents } from '../../core/job-events';
import { Phrasebook } from '../../core/phrasebook';
import { DoingsService } from './connection/doings.service';
import { presenceOf } from './connection/presence.mapper';
import { Rhythm } from './connection/rhythm';
import { DiscordTimings } from './discord-timings';
import { DiscordClient } from './discord.client';

/** Signs of life: what hark does at present stands below its name. */
@Injectable()
export class DiscordPresenceService implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(DiscordPresenceService.name);
  private readonly rhythm: Rhythm;
  private shown?: string;
  private unsubscribe = (): void => undefined;

  constructor(
    private readonly client: DiscordClient,
    private readonly doings: DoingsService,
    private readonly events: JobEvents,
    private readonly phrasebook: Phrasebook,
    timings: DiscordTimings,
  ) {
    this.rhythm = new Rhythm(timings.presenceMs, () => void this.update());
  }

  onModuleInit(): void {
    this.client.wire((client) =>
      client.on(Events.ClientReady, () => {
        this.shown = undefined;
        this.rhythm.beat();
      }),
    );
    this.unsubscribe = this.events.subscribe(({ type }) => {
      if (type !== 'status' || !this.client.ready) return;
      this.rhythm.beat();
    });
  }

  onModuleDestroy(): void {
    this.unsubscribe();
    this.rhythm.stop();
  }

  private async update(): Promise<void> {
    try {
      const doings = await this.doings.now();
      const presence = presenceOf(doings, this.phrasebook);
      const client = this.client.ready;
      if (client && this.shown !== JSON.stringify(presence)) {
        client.user.setPresence(presence);
        this.shown = JSON.stringify(presence);
      }
      // No event tells when the engine is ready; an engine that is asks for nothing more.
      if (client && doings.engine !== 'ready') this.rhythm.beat();
    } catch (error) {
      this.logger.debug({ err: error, msg: 'The presence could not be updated' });
    }
  }
}
