import { Injectable } from '@nestjs/common';
import { ChatInputCommandInteraction, RepliableInteraction } from 'discord.js';
import { Phrasebook } from '../../../core/phrasebook';
import { fullHelp } from '../discord-sentences';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse } from '../interactions/interaction.response';
import { isHarkCommand } from './hark-command';

/** `/hark help`. */
@Injectable()
export class HelpHandler extends InteractionHandler<ChatInputCommandInteraction> {
  constructor(private readonly phrasebook: Phrasebook) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is ChatInputCommandInteraction {
    return isHarkCommand(interaction, 'help');
  }

  acknowledgement(): Acknowledgement {
    return 'private';
  }

  handle({ locale }: ChatInputCommandInteraction, response: InteractionResponse): Promise<void> {
    return response.show({ content: fullHelp(this.phrasebook, locale) });
  }
}
