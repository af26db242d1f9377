import { Injectable, Logger } from '@nestjs/common';
import { AutocompleteInteraction, Interaction, RepliableInteraction } from 'discord.js';
import { Clock } from '../../../core/clock';
import { HarkError } from '../../../core/errors';
import { Phrasebook } from '../../../core/phrasebook';
import { discordSentence } from '../discord-sentences';
import { Acknowledgement, acknowledge } from './acknowledge';
import { InteractionHandler, InteractionHandlers } from './interaction.handler';
import { InteractionResponse } from './interaction.response';
import { suggestLanguages } from './language-suggestions';

/** Brings commands, buttons and menus to whoever handles them; sees to it that nobody is left waiting. */
@Injectable()
export class InteractionRouter {
  private readonly logger = new Logger(InteractionRouter.name);

  constructor(
    private readonly handlers: InteractionHandlers,
    private readonly phrasebook: Phrasebook,
    private readonly clock: Clock,
  ) {}

  /** The acknowledgement is on its way before this returns for the first time. */
  async take(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return this.suggest(interaction);
    if (!interaction.isRepliable()) return;
    const handler = this.handlers.for(interaction);
    const response = await this.begin(interaction, handler?.acknowledgement(interaction) ?? 'private');
    if (response.late && !handler?.worksLate) return;
    await this.handle(interaction, response, handler);
  }

  private async begin(interaction: RepliableInteraction, how: Acknowledgement): Promise<InteractionResponse> {
    const heardAt = this.clock.now();
    let late = false;
    try {
      await acknowledge(interaction, how);
    } catch (error) {
      late = true;
      this.logger.warn({ err: error, msg: 'Discord took no response to an interaction' });
    }
    return new InteractionResponse(interaction, how, heardAt, late);
  }

  private async handle(
    interaction: RepliableInteraction,
    response: InteractionResponse,
    handler: InteractionHandler | undefined,
  ): Promise<void> {
    const { locale } = interaction;
    try {
      if (handler) await handler.handle(interaction, response);
      else await response.tell(this.phrasebook.say(locale, 'help.unknownCommand'));
    } catch (thrown) {
      const error = HarkError.from(thrown);
      if (error.code === 'internal') this.logger.error({ err: thrown, msg: 'An interaction failed' });
      await response.tell(discordSentence(this.phrasebook, locale, error));
    }
  }

  private async suggest(interaction: AutocompleteInteraction): Promise<void> {
    const typed = interaction.options.getFocused();
    await interaction
      .respond(suggestLanguages(typed, interaction.locale, this.phrasebook))
      // The user has typed on meanwhile.
      .catch((error: unknown) => this.logger.debug({ err: error, msg: 'Suggestions came too late' }));
  }
}
