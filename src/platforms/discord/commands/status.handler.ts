import { Injectable } from '@nestjs/common';
import { ChatInputCommandInteraction, RepliableInteraction } from 'discord.js';
import { Phrasebook } from '../../../core/phrasebook';
import { StatusService } from '../../../core/status.service';
import { personOf } from '../discord.mapper';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse } from '../interactions/interaction.response';
import { attached } from '../attached-text';
import { isHarkCommand } from './hark-command';
import { statusView } from './status.view';

/** `/hark status`: how hark is doing, and what became of one's own recordings. */
@Injectable()
export class StatusHandler extends InteractionHandler<ChatInputCommandInteraction> {
  constructor(
    private readonly status: StatusService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is ChatInputCommandInteraction {
    return isHarkCommand(interaction, 'status');
  }

  acknowledgement(): Acknowledgement {
    return 'private';
  }

  async handle({ user, locale }: ChatInputCommandInteraction, response: InteractionResponse): Promise<void> {
    const status = await this.status.of('discord', personOf(user));
    const { content, files } = statusView(status, user.id, this.phrasebook, locale);
    await response.show({ content, files: files.map(attached) });
  }
}
