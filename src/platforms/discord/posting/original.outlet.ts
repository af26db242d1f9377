import { Injectable } from '@nestjs/common';
import { Answer } from '../../../core/answer';
import { isPrivate } from '../../../core/answer-outlets';
import { HarkError } from '../../../core/errors';
import { Interaction } from '../../../core/voice-note';
import { DiscordAnswerRenderer, DiscordMessage } from './answer.renderer';
import { placeOf } from './channel.outlet';
import { DiscordChannelPoster } from './channel.poster';
import { DiscordFarewellService } from './farewell.service';
import { tokenOf } from './message.payload';
import { DiscordMessagesService } from './messages.service';
import { digestOf, DiscordReply, replyOf } from './reply';

const NOTHING: DiscordReply = { via: 'interaction', channel: '', messages: [], shown: [] };

/**
 * Shows answers as the response to a command: as an edit of it, which can be repeated without harm. Further messages
 * are ordinary ones that answer it, where hark may write, for a follow-up cannot be repeated; elsewhere a file.
 */
@Injectable()
export class DiscordOriginalOutlet {
  constructor(
    private readonly renderer: DiscordAnswerRenderer,
    private readonly poster: DiscordChannelPoster,
    private readonly messages: DiscordMessagesService,
    private readonly farewells: DiscordFarewellService,
  ) {}

  async show(answer: Answer, interaction: Interaction, signal: AbortSignal): Promise<DiscordReply> {
    const alone = isPrivate(answer) || answersAlone(answer);
    const wanted = this.renderer.render(answer, alone ? 1 : undefined);
    if (alone) this.farewells.plan(answer, interaction);
    try {
      return await this.bring(answer, interaction, wanted, signal);
    } catch (error) {
      if (wanted.length === 1 || !mayNotWrite(error)) throw error;
      return this.bring(answer, interaction, this.renderer.render(answer, 1), signal);
    }
  }

  private async bring(
    answer: Answer,
    interaction: Interaction,
    wanted: readonly DiscordMessage[],
    signal: AbortSignal,
  ): Promise<DiscordReply> {
    const before: DiscordReply = replyOf(answer) ?? NOTHING;
    const [first] = wanted;
    if (!first) return before;
    const digest = digestOf(first);
    const original = { channel: before.channel, id: before.messages[0] };
    if (original.id === undefined || before.shown[0] !== digest) {
      const edited = await this.messages.editOriginal(tokenOf(interaction), first, signal);
      Object.assign(original, { channel: edited.channel_id, id: edited.id });
    }
    const known = {
      removed: before.removed,
      messages: [original.id ?? '', ...before.messages.slice(1)],
      shown: [digest, ...before.shown.slice(1)],
    };
    const place = placeOf(answer, original.channel);
    const shown = await this.poster.show(place, wanted, known, signal, 1);
    return { via: 'interaction', channel: original.channel, ...shown };
  }
}

/** hark has been brought along by whoever asked, and is no member where the answer is given. */
export function answersAlone({ address }: Answer): boolean {
  return address.interaction?.extra?.userInstalledOnly === 'true';
}

function mayNotWrite(error: unknown): boolean {
  return error instanceof HarkError && (error.code === 'permission_missing' || error.code === 'channel_gone');
}
