import { Injectable, Logger } from '@nestjs/common';
import { APIApplicationCommand, Client, Routes } from 'discord.js';
import { Phrasebook } from '../../../core/phrasebook';
import { Settings } from '../../../settings/settings';
import { patience } from '../../patience';
import { areSameCommands } from './command-comparison';
import { commandDefinitions } from './command-definitions';

/** Makes hark's commands known to Discord when they have changed: only so many changes a day are allowed. */
@Injectable()
export class CommandRegistrationService {
  private readonly logger = new Logger(CommandRegistrationService.name);

  constructor(
    private readonly phrasebook: Phrasebook,
    private readonly settings: Settings,
  ) {}

  /** Never throws: until hark starts again, the commands stay as they were. */
  async register({ rest, application }: Client<true>, signal: AbortSignal): Promise<void> {
    const route = Routes.applicationCommands(application.id);
    const wanted = commandDefinitions(this.phrasebook, this.settings.discord?.voice ?? false);
    try {
      await patience.execute(async () => {
        const query = new URLSearchParams({ with_localizations: 'true' });
        const registered = (await rest.get(route, { query })) as APIApplicationCommand[];
        if (areSameCommands(registered, wanted)) return;
        await rest.put(route, { body: wanted });
        this.logger.log({ msg: 'Registered the commands with Discord', commands: wanted.length });
      }, signal);
    } catch (error) {
      if (!signal.aborted) this.logger.error({ err: error, msg: 'The commands could not be registered' });
    }
  }
}
