import {
  APIGuild,
  APIGuildMember,
  APIRole,
  APIThreadChannel,
  APIUser,
  APIVoiceState,
  GatewayGuildCreateDispatchData,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMemberFlags,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildSystemChannelFlags,
  GuildVerificationLevel,
  Locale,
  PermissionFlagsBits as Bits,
  RoleFlags,
} from 'discord.js';
import { botSees } from '../state/permissions';
import { Guild, isThread, World } from '../state/world';

/** What @everyone may do in a new server, as far as bots care. */
const EVERYONE =
  Bits.ViewChannel |
  Bits.SendMessages |
  Bits.SendMessagesInThreads |
  Bits.ReadMessageHistory |
  Bits.AttachFiles |
  Bits.EmbedLinks |
  Bits.AddReactions |
  Bits.MentionEveryone |
  Bits.Connect |
  Bits.Speak |
  Bits.CreatePublicThreads |
  Bits.SendVoiceMessages |
  Bits.UseApplicationCommands |
  Bits.UseExternalApps;

export function roleOf(id: string, name: string, permissions: bigint, position: number): APIRole {
  return {
    id,
    name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position,
    permissions: permissions.toString(),
    managed: false,
    mentionable: false,
    flags: 0 as RoleFlags,
  };
}

export function memberOf(user: APIUser, roles: string[], joinedAt: string): APIGuildMember {
  return {
    user,
    roles,
    joined_at: joinedAt,
    nick: null,
    avatar: null,
    banner: null,
    premium_since: null,
    communication_disabled_until: null,
    pending: false,
    deaf: false,
    mute: false,
    flags: 0 as GuildMemberFlags,
  };
}

export function guildOf(init: {
  id: string;
  name: string;
  ownerId: string;
  locale: Locale;
  tier: GuildPremiumTier;
}): APIGuild {
  return {
    id: init.id,
    name: init.name,
    owner_id: init.ownerId,
    preferred_locale: init.locale,
    premium_tier: init.tier,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    features: [],
    emojis: [],
    stickers: [],
    roles: [roleOf(init.id, '@everyone', EVERYONE, 0)],
    afk_channel_id: null,
    afk_timeout: 300,
    application_id: null,
    verification_level: GuildVerificationLevel.Low,
    default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
    explicit_content_filter: GuildExplicitContentFilter.AllMembers,
    mfa_level: GuildMFALevel.None,
    nsfw_level: GuildNSFWLevel.Default,
    system_channel_id: null,
    system_channel_flags: 0 as GuildSystemChannelFlags,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    vanity_url_code: null,
    premium_progress_bar_enabled: false,
    hub_type: null,
    incidents_data: null,
  };
}

/** GUILD_CREATE. Without the presence intent Discord lists no member but the bot. */
export function guildCreateOf(
  world: World,
  guild: Guild,
  everybody: boolean,
): GatewayGuildCreateDispatchData {
  const channels = world.channelsOf(guild.id);
  const members = [...guild.members.values()];
  return {
    ...guild.data,
    joined_at: guild.joinedAt,
    large: false,
    unavailable: false,
    member_count: members.length,
    members: everybody ? members : members.filter((member) => member.user.id === world.bot.id),
    channels: channels.filter((channel) => !isThread(channel)),
    threads: channels.filter((channel) => isThread(channel) && botSees(world, channel)) as APIThreadChannel[],
    voice_states: [...guild.voice.keys()].map((user) => voiceStateOf(guild, user)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** Where somebody is heard; without a channel: nowhere any more. */
export function voiceStateOf(guild: Guild, userId: string): APIVoiceState {
  const member = guild.members.get(userId);
  return {
    channel_id: guild.voice.get(userId) ?? null,
    user_id: userId,
    ...(member && { member }),
    session_id: `voice-${userId}`,
    deaf: false,
    mute: false,
    self_deaf: false,
    self_mute: false,
    self_video: false,
    suppress: false,
    request_to_speak_timestamp: null,
  };
}
