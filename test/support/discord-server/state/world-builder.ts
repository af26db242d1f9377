import {
  APIDMChannel,
  APIGroupDMChannel,
  APIGuildMember,
  APIGuildVoiceChannel,
  APIRole,
  APITextChannel,
  APIThreadChannel,
  APIUser,
  ChannelType,
  GuildPremiumTier,
  Locale,
  PermissionFlagsBits as Bits,
} from 'discord.js';
import { flagsFor, PrivilegedIntent, userOf } from '../payloads/account-payload';
import { guildOf, memberOf, roleOf } from '../payloads/guild-payload';
import { AdjustableClock } from './clock';
import { idOf, Ref, Snowflakes } from './snowflakes';
import { Guild, GuildChannel, World } from './world';
import { WorldEvents } from './world-events';

/** What the invite link of a transcribing bot asks for. */
const BOT_PERMISSIONS =
  Bits.ViewChannel |
  Bits.SendMessages |
  Bits.SendMessagesInThreads |
  Bits.ReadMessageHistory |
  Bits.AttachFiles |
  Bits.EmbedLinks |
  Bits.AddReactions |
  Bits.Connect;

/** Puts people and places into the world, before and while clients are connected; the gateway hears of it. */
export class WorldBuilder {
  constructor(
    private readonly world: World,
    private readonly clock: AdjustableClock,
    private readonly ids: Snowflakes,
    private readonly events: WorldEvents,
  ) {}

  addUser(
    name: string,
    traits: { dmsOpen?: boolean; appInstalled?: boolean; locale?: Locale } = {},
  ): APIUser {
    const user = userOf(this.ids.next(), name);
    const { dmsOpen = true, appInstalled = false, locale = Locale.EnglishUS } = traits;
    this.world.people.set(user.id, { user, dmsOpen, appInstalled, locale });
    return user;
  }

  /** A server. With `bot: false` the bot is no member and knows nothing of it. */
  addGuild(
    name: string,
    traits: {
      owner?: Ref;
      bot?: boolean;
      botPermissions?: bigint;
      locale?: Locale;
      tier?: GuildPremiumTier;
    } = {},
  ): Guild {
    const { bot = true, botPermissions = BOT_PERMISSIONS, locale = Locale.EnglishUS } = traits;
    const id = this.ids.next();
    const ownerId = idOf(traits.owner ?? this.addUser(`${name} owner`));
    const data = guildOf({ id, name, ownerId, locale, tier: traits.tier ?? GuildPremiumTier.None });
    const guild: Guild = { id, data, members: new Map(), voice: new Map(), joinedAt: this.clock.timestamp() };
    this.world.guilds.set(id, guild);
    guild.members.set(ownerId, memberOf(this.world.person(ownerId).user, [], guild.joinedAt));
    if (bot) {
      const role = roleOf(this.ids.next(), this.world.bot.username, botPermissions, 1);
      data.roles.push({ ...role, managed: true, tags: { bot_id: this.world.bot.id } });
      guild.members.set(this.world.bot.id, memberOf(this.world.bot, [role.id], guild.joinedAt));
      this.events.guildCreated(guild);
    }
    return guild;
  }

  addRole(guild: Ref, name: string, permissions = 0n, mentionable = false): APIRole {
    const { data } = this.world.guild(idOf(guild));
    const role = { ...roleOf(this.ids.next(), name, permissions, data.roles.length), mentionable };
    data.roles.push(role);
    this.events.roleChanged('GUILD_ROLE_CREATE', idOf(guild), role);
    return role;
  }

  addMember(guild: Ref, user: Ref, roles: Ref[] = []): APIGuildMember {
    const { members } = this.world.guild(idOf(guild));
    const person = this.world.person(idOf(user));
    const member = memberOf(person.user, roles.map(idOf), this.clock.timestamp());
    members.set(person.user.id, member);
    this.events.memberChanged('GUILD_MEMBER_ADD', idOf(guild), member);
    return member;
  }

  addTextChannel(
    guild: Ref,
    name: string,
    type: ChannelType.GuildText = ChannelType.GuildText,
  ): APITextChannel {
    return this.#addChannel({
      ...this.#guildChannel(guild, name),
      type,
      topic: null,
      last_pin_timestamp: null,
    });
  }

  addVoiceChannel(guild: Ref, name: string): APIGuildVoiceChannel {
    const type = ChannelType.GuildVoice as const;
    return this.#addChannel({ ...this.#guildChannel(guild, name), type, bitrate: 64_000, user_limit: 0 });
  }

  /** The owner is a member; of a private one everybody else, the bot too, has to be added. */
  addThread(
    parent: Ref,
    name: string,
    owner: Ref,
    isPrivateThread = false,
    members: Ref[] = [],
  ): APIThreadChannel {
    const under = this.world.channel(idOf(parent)) as GuildChannel;
    const {
      position: _position,
      permission_overwrites: _overwrites,
      ...base
    } = this.#guildChannel(under.guild_id ?? '', name);
    const ids = [owner, ...members].map(idOf);
    this.world.threadMembers.set(base.id, new Set(ids));
    return this.#addChannel({
      ...base,
      type: isPrivateThread ? ChannelType.PrivateThread : ChannelType.PublicThread,
      parent_id: under.id,
      owner_id: idOf(owner),
      message_count: 0,
      member_count: 1,
      total_message_sent: 0,
      thread_metadata: {
        archived: false,
        auto_archive_duration: 1440,
        archive_timestamp: this.clock.timestamp(),
        create_timestamp: this.clock.timestamp(),
        locked: false,
      },
    });
  }

  /** The direct messages between the bot (or another user) and this user; made at the first asking. */
  openDm(user: Ref, other: Ref = this.world.bot): APIDMChannel {
    const known = this.world.dmOf(idOf(user), idOf(other));
    if (known) return known;
    const recipients = [user, other].map((ref) => this.world.person(idOf(ref)).user);
    const channel: APIDMChannel = {
      id: this.ids.next(),
      type: ChannelType.DM,
      name: null,
      recipients,
      last_message_id: null,
    };
    this.world.channels.set(channel.id, channel);
    return channel;
  }

  /** A group of users; no bot can be in one. */
  addGroupDm(...users: Ref[]): APIGroupDMChannel {
    const recipients = users.map((ref) => this.world.person(idOf(ref)).user);
    const owner_id = recipients[0]?.id ?? '';
    const channel: APIGroupDMChannel = {
      id: this.ids.next(),
      type: ChannelType.GroupDM,
      name: null,
      recipients,
      owner_id,
    };
    this.world.channels.set(channel.id, channel);
    return channel;
  }

  /** Switches privileged intents in the developer portal: exactly these are granted afterwards. */
  grantIntents(...granted: PrivilegedIntent[]): void {
    const flags = flagsFor(granted);
    Object.assign(this.world.application, { flags, flags_new: String(flags) });
  }

  #guildChannel(guild: Ref, name: string) {
    return {
      id: this.ids.next(),
      name,
      guild_id: idOf(guild),
      position: this.world.channelsOf(idOf(guild)).length,
      permission_overwrites: [],
      parent_id: null,
      nsfw: false,
      last_message_id: null,
      rate_limit_per_user: 0,
    };
  }

  #addChannel<C extends GuildChannel>(channel: C): C {
    this.world.channels.set(channel.id, channel);
    this.events.channelChanged('CREATE', channel);
    return channel;
  }
}
