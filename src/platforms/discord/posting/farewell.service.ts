import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { Answer } from '../../../core/answer';
import { Clock } from '../../../core/clock';
import { Phrasebook } from '../../../core/phrasebook';
import { Interaction } from '../../../core/voice-note';
import { DISCORD_MARKUP } from '../discord.markup';
import { tokenOf } from './message.payload';
import { DiscordMessagesService } from './messages.service';

/**
 * The response to a command can be changed for a quarter of an hour. Where only the asker sees it nobody can change it
 * afterwards: before that it says that the text will come another way, and does not go on listening for ever.
 */
@Injectable()
export class DiscordFarewellService implements OnModuleDestroy {
  private readonly logger = new Logger(DiscordFarewellService.name);
  private readonly planned = new Map<string, NodeJS.Timeout>();
  private readonly stop = new AbortController();

  constructor(
    private readonly messages: DiscordMessagesService,
    private readonly phrasebook: Phrasebook,
    private readonly clock: Clock,
  ) {}

  onModuleDestroy(): void {
    this.stop.abort();
    for (const timer of this.planned.values()) clearTimeout(timer);
  }

  /** To be called whenever the answer is shown; one that is whole needs no farewell. */
  plan(answer: Answer, interaction: Interaction): void {
    clearTimeout(this.planned.get(answer.id));
    this.planned.delete(answer.id);
    if (answer.parts.every(({ job }) => job.status !== 'queued' && job.status !== 'running')) return;
    const left = interaction.expiresAt.getTime() - this.clock.now().getTime();
    const timer = setTimeout(() => void this.say(answer, interaction), Math.max(0, left)).unref();
    this.planned.set(answer.id, timer);
  }

  private async say(answer: Answer, interaction: Interaction): Promise<void> {
    this.planned.delete(answer.id);
    const sentence = this.phrasebook.say(answer.address.locale, 'answer.comesDirectly');
    const message = { content: DISCORD_MARKUP.small(sentence), components: [], files: [] };
    try {
      await this.messages.editOriginal(tokenOf(interaction), message, this.stop.signal);
    } catch (error) {
      this.logger.debug({ err: error, msg: 'A command could not be told that its answer comes later' });
    }
  }
}
