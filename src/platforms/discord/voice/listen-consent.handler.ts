import { Injectable } from '@nestjs/common';
import { ButtonInteraction, RepliableInteraction } from 'discord.js';
import { Phrasebook } from '../../../core/phrasebook';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse } from '../interactions/interaction.response';
import { partsOf } from '../panels/panel-id';
import { VoicePeopleService } from './voice-people.service';
import { VoiceRoomsService } from './voice-rooms.service';

/** The button by which people in a voice channel say that they do not want to be heard, and that they do again. */
@Injectable()
export class ListenConsentHandler extends InteractionHandler<ButtonInteraction> {
  constructor(
    private readonly rooms: VoiceRoomsService,
    private readonly people: VoicePeopleService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is ButtonInteraction {
    return interaction.isButton() && partsOf('listen', interaction.customId) !== undefined;
  }

  acknowledgement(): Acknowledgement {
    return 'private';
  }

  async handle(interaction: ButtonInteraction, response: InteractionResponse): Promise<void> {
    const { locale, user, guildId } = interaction;
    const say = (key: string): Promise<void> => response.tell(this.phrasebook.say(locale, key));
    // What was said in a channel that hark has just left is not posted yet.
    const here = this.rooms.unfinished.filter(({ channel }) => channel.guild.id === guildId);
    const hearing = here.filter(({ room }) => !room.isIgnored(user.id));
    for (const { room } of hearing) room.ignore(user.id);
    if (hearing.length > 0) return say('listen.out');
    const room = this.rooms.of(guildId ?? '')?.room;
    if (!room) return say('listen.nowhere');
    if (!(await this.people.agrees(user.id))) return say('listen.outForGood');
    await room.admitAgain(user.id);
    return say('listen.in');
  }
}
