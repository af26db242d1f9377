import { Injectable } from '@nestjs/common';
import {
  ChannelType,
  ChatInputCommandInteraction,
  PermissionFlagsBits as Bits,
  RepliableInteraction,
  VoiceBasedChannel,
  channelMention,
} from 'discord.js';
import { parseLanguage } from '../../../core/languages';
import { Phrasebook } from '../../../core/phrasebook';
import { askerOf } from '../asker.mapper';
import { Acknowledgement } from '../interactions/acknowledge';
import { InteractionHandler } from '../interactions/interaction.handler';
import { InteractionResponse } from '../interactions/interaction.response';
import { VoicePeopleService } from '../voice/voice-people.service';
import { VoiceRoomsService } from '../voice/voice-rooms.service';
import { COMMANDS, LISTEN_OPTIONS as NAMES } from './command-names';

type InServer = ChatInputCommandInteraction<'cached'>;

const TO_JOIN = [Bits.ViewChannel, Bits.Connect, Bits.SendMessages];
const FOR_THREAD = [Bits.ViewChannel, Bits.CreatePublicThreads, Bits.SendMessagesInThreads];

/** `/listen start` brings hark into the asker's voice channel, `/listen stop` ends that with a file. */
@Injectable()
export class ListenHandler extends InteractionHandler<ChatInputCommandInteraction> {
  constructor(
    private readonly rooms: VoiceRoomsService,
    private readonly people: VoicePeopleService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(interaction: RepliableInteraction): interaction is ChatInputCommandInteraction {
    return interaction.isChatInputCommand() && interaction.commandName === COMMANDS.listen;
  }

  acknowledgement(): Acknowledgement {
    return 'private';
  }

  async handle(interaction: ChatInputCommandInteraction, response: InteractionResponse): Promise<void> {
    const say = (key: string, params?: Record<string, string>): Promise<void> =>
      response.tell(this.phrasebook.say(interaction.locale, key, params));
    if (!interaction.inCachedGuild()) return say('listen.serversOnly');
    if (interaction.options.getSubcommand() === 'stop') return this.stop(interaction, say);
    const { channel } = interaction.member.voice;
    const open = this.rooms.of(interaction.guildId);
    if (open) return say('listen.already', { channel: channelMention(open.channel.id) });
    if (!(await this.people.mayListenIn(interaction.guildId))) return say('listen.notHere');
    if (!channel) return say('listen.joinFirst');
    if (!channel.permissionsFor(interaction.client.user)?.has(TO_JOIN))
      return say('listen.needPermission', { channel: channelMention(channel.id) });
    await this.start(interaction, channel, say);
  }

  private async start(
    interaction: InServer,
    channel: VoiceBasedChannel,
    say: (key: string, params: Record<string, string>) => Promise<void>,
  ): Promise<void> {
    const { options, user, member, channelId } = interaction;
    const language = options.getString(NAMES.language);
    const { page } = await this.rooms.open({
      asker: askerOf(user, member),
      channel,
      from: channelId,
      thread: mayHaveThread(interaction),
      asked: {
        ...(language !== null && { language: parseLanguage(language) }),
        translate: options.getBoolean(NAMES.translate) ?? false,
      },
    });
    await say('listen.started', { channel: channelMention(channel.id), place: channelMention(page) });
  }

  private async stop(
    interaction: InServer,
    say: (key: string, params?: Record<string, string>) => Promise<void>,
  ): Promise<void> {
    const open = this.rooms.of(interaction.guildId);
    if (!open) return say('listen.nowhere');
    const { user, member, memberPermissions, options } = interaction;
    const there = member.voice.channelId === open.channel.id || open.asker === user.id;
    if (!there && !memberPermissions.has(Bits.ManageGuild)) return say('listen.mayNotStop');
    const format = options.getString(NAMES.format) === 'srt' ? 'srt' : 'txt';
    await open.end('stopped', { format });
    await say('listen.stopped', { place: channelMention(open.page) });
  }
}

/** Voice channels and threads have no threads of their own. */
function mayHaveThread({ channel, appPermissions }: InServer): boolean {
  const type = channel?.type;
  return (
    (type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement) &&
    appPermissions.has(FOR_THREAD)
  );
}
