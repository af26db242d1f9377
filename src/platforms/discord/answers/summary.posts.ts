import { Injectable } from '@nestjs/common';
import { ButtonInteraction, MessageFlags } from 'discord.js';
import { Answer } from '../../../core/answer';
import { isPrivate } from '../../../core/answer-outlets';
import { DraftScreen } from '../../../core/draft-screen';
import { HarkError } from '../../../core/errors';
import { inTime } from '../../../core/in-time';
import { Phrasebook } from '../../../core/phrasebook';
import { composeSummary } from '../../../core/summary-composer';
import { SummaryDeskService, SummaryDraft } from '../../../core/summary-desk.service';
import { SummaryPostsService } from '../../../core/summary-posts.service';
import { parseCustomId } from '../discord-custom-id';
import { DISCORD_LIMITS } from '../discord-limits';
import { DISCORD_MARKUP } from '../discord.markup';
import { personOf } from '../discord.mapper';
import { InteractionResponse } from '../interactions/interaction.response';
import { DiscordReply } from '../posting/reply';

/** Before nothing can be changed any more, and with room to say so. */
const MARGIN_MS = 60_000;

/** Shows summaries where the answer stands: to all who see that, or to one person alone. */
@Injectable()
export class DiscordSummaryPosts {
  constructor(
    private readonly desk: SummaryDeskService,
    private readonly posts: SummaryPostsService,
    private readonly phrasebook: Phrasebook,
  ) {}

  /** @throws HarkError when there is none; nothing is left standing then */
  async show(answer: Answer, interaction: ButtonInteraction, response: InteractionResponse): Promise<void> {
    const limit = AbortSignal.timeout(DISCORD_LIMITS.interactionMs - MARGIN_MS);
    const alone = isPrivate(answer) || isHidden(interaction);
    const say = (drafts: readonly SummaryDraft[]): string => this.textOf(drafts, answer, interaction, alone);
    const id = await response.post(say([]), alone);
    if (id === undefined) return;
    try {
      const { channelId } = interaction;
      const reply: DiscordReply = { via: 'interaction', channel: channelId, messages: [id], shown: [] };
      if (!alone && !(await this.posts.remember(answer, reply))) throw erased();
      const screen = new DraftScreen((text) => response.edit(id, text), DISCORD_LIMITS.editIntervalMs);
      const whole = this.desk.sumUp(answer, personOf(interaction.user), (now) => {
        if (!limit.aborted) screen.show(say(now));
      });
      // It is finished and kept nevertheless, for whoever asks again.
      const drafts = await inTime(whole, limit, tooSlow);
      await screen.finish(say(drafts));
      if (!alone && !(await this.posts.stands(answer))) throw erased();
    } catch (error) {
      await response.retract(id);
      throw error;
    }
  }

  private textOf(
    drafts: readonly SummaryDraft[],
    { address }: Answer,
    { locale: own }: ButtonInteraction,
    alone: boolean,
  ): string {
    const locale = alone ? own : address.locale;
    if (drafts.length === 0) return this.phrasebook.say(locale, 'summary.writing');
    const { phrasebook } = this;
    return composeSummary(drafts, { limits: DISCORD_LIMITS, markup: DISCORD_MARKUP, phrasebook, locale });
  }
}

function erased(): HarkError {
  return new HarkError('job_not_found', 'This transcript was erased.');
}

function tooSlow(): HarkError {
  return new HarkError('summarizer_timeout', 'The summary service took too long.', { retryable: true });
}

/** The answer itself is; the question that comes before is always. */
function isHidden({ customId, message }: ButtonInteraction): boolean {
  return parseCustomId(customId)?.action === 'summarize' && message.flags.has(MessageFlags.Ephemeral);
}
