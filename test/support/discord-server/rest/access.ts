import { PermissionFlagsBits as Bits } from 'discord.js';
import { MessageBoard, StoredMessage } from '../state/message-board';
import { may } from '../state/permissions';
import { Guild, isPrivate, isThread, World, WorldChannel } from '../state/world';
import { DiscordError, refuse } from './discord-error';

const NO_MUTUAL_GUILD = 50_278;

/** What the bot may do where, with the errors Discord gives for the rest. */
export class Access {
  constructor(
    private readonly world: World,
    private readonly board: MessageBoard,
  ) {}

  /** @throws DiscordError 10003, or 50001 where the bot cannot look in */
  channel(id: string): WorldChannel {
    const channel = this.world.channels.get(id);
    if (!channel) throw refuse.unknownChannel();
    const voice = !isPrivate(channel) && 'bitrate' in channel;
    const needed = voice ? [Bits.ViewChannel, Bits.Connect] : [Bits.ViewChannel];
    if (!this.may(channel, ...needed)) throw refuse.missingAccess();
    return channel;
  }

  may(channel: WorldChannel, ...bits: bigint[]): boolean {
    return may(this.world, channel, this.world.bot.id, ...bits);
  }

  /** @throws DiscordError 50013 */
  need(channel: WorldChannel, ...bits: bigint[]): void {
    if (!this.may(channel, ...bits)) throw refuse.missingPermissions();
  }

  /** A place to write in. @throws DiscordError 10003, 50001, 50013, 50007 */
  writable(id: string): WorldChannel {
    const channel = this.channel(id);
    this.need(channel, isThread(channel) ? Bits.SendMessagesInThreads : Bits.SendMessages);
    if (isPrivate(channel)) this.#needOpenDm(channel.recipients?.map((user) => user.id) ?? []);
    return channel;
  }

  /** A message that REST shows: neither deleted nor ephemeral. @throws DiscordError 10008 */
  message(channel: WorldChannel, id: string): StoredMessage {
    const message = this.board.find(id);
    if (message?.channelId !== channel.id || message.visibleTo) throw refuse.unknownMessage();
    return message;
  }

  /** @throws DiscordError 10004, 50001 */
  guild(id: string): Guild {
    const guild = this.world.guilds.get(id);
    if (!guild) throw refuse.unknownGuild();
    if (!guild.members.has(this.world.bot.id)) throw refuse.missingAccess();
    return guild;
  }

  #needOpenDm(recipients: string[]): void {
    const other = recipients.find((id) => id !== this.world.bot.id);
    if (other === undefined) return;
    const person = this.world.person(other);
    if (!person.dmsOpen) throw refuse.closedDms();
    const shared = this.world.guildsOfBot().some((guild) => guild.members.has(other));
    if (!shared && !person.appInstalled) {
      const message = 'Cannot send messages to this user due to having no mutual guilds';
      throw new DiscordError(403, NO_MUTUAL_GUILD, message);
    }
  }
}
