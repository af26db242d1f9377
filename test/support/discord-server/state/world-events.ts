import { APIGuildMember, APIRole, GatewayIntentBits, OverwriteType } from 'discord.js';
import { Dispatcher } from '../gateway/dispatch';
import { guildCreateOf, voiceStateOf } from '../payloads/guild-payload';
import { AdjustableClock } from './clock';
import { idOf, Ref } from './snowflakes';
import { botSees } from './permissions';
import { Guild, GuildChannel, isThread, World } from './world';

/** Changes of people and places, each with the event that Discord sends for it. */
export class WorldEvents {
  constructor(
    private readonly world: World,
    private readonly clock: AdjustableClock,
    private readonly dispatcher: Dispatcher,
  ) {}

  guildCreated(guild: Guild): void {
    this.#tell('GUILD_CREATE', guild.id, (everybody) => guildCreateOf(this.world, guild, everybody));
  }

  channelChanged(change: 'CREATE' | 'UPDATE' | 'DELETE', channel: GuildChannel): void {
    if (isThread(channel) && !botSees(this.world, channel)) return;
    const event = `${isThread(channel) ? 'THREAD' : 'CHANNEL'}_${change}`;
    this.#tell(event, channel.guild_id ?? '', () => channel);
  }

  roleChanged(event: 'GUILD_ROLE_CREATE' | 'GUILD_ROLE_UPDATE', guildId: string, role: APIRole): void {
    this.#tell(event, guildId, () => ({ guild_id: guildId, role }));
  }

  memberChanged(
    event: 'GUILD_MEMBER_ADD' | 'GUILD_MEMBER_UPDATE',
    guildId: string,
    member: APIGuildMember,
  ): void {
    // Changes of the bot's own member reach it without the privileged intent.
    const own = member.user.id === this.world.bot.id;
    this.dispatcher.dispatch({
      event,
      guildId,
      intents: own ? 0 : GatewayIntentBits.GuildMembers,
      data: () => ({ ...member, guild_id: guildId }),
    });
  }

  /** The roles of a member, all of them: GUILD_MEMBER_UPDATE. */
  setRoles(guild: Ref, user: Ref, roles: Ref[]): void {
    const member = this.world.guild(idOf(guild)).members.get(idOf(user));
    if (!member) throw new Error(`User ${idOf(user)} is no member of guild ${idOf(guild)}.`);
    member.roles = roles.map(idOf);
    this.memberChanged('GUILD_MEMBER_UPDATE', idOf(guild), member);
  }

  /** What a role may do everywhere, e.g. the bot's own role: GUILD_ROLE_UPDATE. */
  setRolePermissions(guild: Ref, role: Ref, permissions: bigint): void {
    const found = this.world.guild(idOf(guild)).data.roles.find((one) => one.id === idOf(role));
    if (!found) throw new Error(`Guild ${idOf(guild)} has no role ${idOf(role)}.`);
    found.permissions = permissions.toString();
    this.roleChanged('GUILD_ROLE_UPDATE', idOf(guild), found);
  }

  /** An overwrite for one member (the bot unless told) in one channel: CHANNEL_UPDATE. */
  setOverwrite(channel: Ref, change: { allow?: bigint; deny?: bigint; user?: Ref }): void {
    const place = this.world.channel(idOf(channel)) as GuildChannel;
    const id = idOf(change.user ?? this.world.bot);
    const others = (place.permission_overwrites ?? []).filter((one) => one.id !== id);
    const { allow = 0n, deny = 0n } = change;
    const own = { id, type: OverwriteType.Member, allow: allow.toString(), deny: deny.toString() };
    place.permission_overwrites = [...others, own];
    this.channelChanged('UPDATE', place);
  }

  /** Takes somebody else than the bot out of a thread, or in. */
  setThreadMember(thread: Ref, user: Ref, isMember: boolean): void {
    const members = this.world.threadMembers.get(idOf(thread));
    if (isMember) members?.add(idOf(user));
    else members?.delete(idOf(user));
  }

  /** Somebody joins a voice channel, or leaves the one they are in: VOICE_STATE_UPDATE. */
  setVoice(guild: Ref, user: Ref, channel: Ref | null): void {
    const found = this.world.guild(idOf(guild));
    if (channel) found.voice.set(idOf(user), idOf(channel));
    else found.voice.delete(idOf(user));
    this.dispatcher.dispatch({
      event: 'VOICE_STATE_UPDATE',
      guildId: found.id,
      intents: GatewayIntentBits.GuildVoiceStates,
      data: () => ({ ...voiceStateOf(found, idOf(user)), guild_id: found.id }),
    });
  }

  /** CHANNEL_DELETE or THREAD_DELETE; later requests for it get 10003. */
  deleteChannel(channel: Ref): void {
    const place = this.world.channel(idOf(channel)) as GuildChannel;
    this.channelChanged('DELETE', place);
    this.world.channels.delete(place.id);
  }

  /** The bot is thrown out: GUILD_DELETE without `unavailable`. */
  removeBot(guild: Ref): void {
    const id = idOf(guild);
    this.#tell('GUILD_DELETE', id, () => ({ id }));
    this.world.guild(id).members.delete(this.world.bot.id);
  }

  /** An outage: GUILD_DELETE with `unavailable`, and the GUILD_CREATE that ends it. */
  setAvailable(guild: Ref, available: boolean): void {
    const found = this.world.guild(idOf(guild));
    if (available) this.guildCreated(found);
    else this.#tell('GUILD_DELETE', found.id, () => ({ id: found.id, unavailable: true }));
  }

  /** TYPING_START, as when somebody (or the bot) writes. */
  typing(channel: Ref, user: Ref): void {
    const place = this.world.channel(idOf(channel));
    const guild = this.world.guildOf(place);
    this.dispatcher.dispatch({
      event: 'TYPING_START',
      channelId: place.id,
      intents: guild ? GatewayIntentBits.GuildMessageTyping : GatewayIntentBits.DirectMessageTyping,
      data: () => ({
        channel_id: place.id,
        user_id: idOf(user),
        timestamp: Math.floor(this.clock.now() / 1000),
        ...(guild ? { guild_id: guild.id, member: guild.members.get(idOf(user)) } : {}),
      }),
    });
  }

  #tell(event: string, guildId: string, data: (everybody: boolean) => unknown): void {
    const intents = GatewayIntentBits.Guilds;
    this.dispatcher.dispatch({ event, guildId, intents, data: (view) => data(view.presences) });
  }
}
