import { ChannelType, OverwriteType, PermissionFlagsBits } from 'discord.js';
import { Guild, isPrivate, isThread, World, WorldChannel } from './world';

const ALL = Object.values(PermissionFlagsBits).reduce((sum, bit) => sum | bit, 0n);

/** What anybody may do in direct messages. */
const IN_PRIVATE =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AddReactions |
  PermissionFlagsBits.MentionEveryone;

/** What a member may do everywhere in the guild, before channels have their say. */
function guildPermissions(guild: Guild, userId: string): bigint {
  const member = guild.members.get(userId);
  if (!member) return 0n;
  if (guild.data.owner_id === userId) return ALL;
  const roles = guild.data.roles.filter((role) => role.id === guild.id || member.roles.includes(role.id));
  const sum = roles.reduce((bits, role) => bits | BigInt(role.permissions), 0n);
  return sum & PermissionFlagsBits.Administrator ? ALL : sum;
}

/**
 * What a user may do in a channel: roles, then the overwrites of @everyone, of the roles and of the member, as
 * Discord's documentation of permissions orders them. Threads take those of the channel they hang from; private ones
 * are for their members and for who may manage threads.
 */
export function permissionsIn(world: World, channel: WorldChannel, userId: string): bigint {
  const bits = withoutMembership(world, channel, userId);
  const isOpen = channel.type !== ChannelType.PrivateThread || bits & PermissionFlagsBits.ManageThreads;
  return isOpen || world.threadMembers.get(channel.id)?.has(userId) ? bits : 0n;
}

function withoutMembership(world: World, channel: WorldChannel, userId: string): bigint {
  if (isPrivate(channel)) {
    return channel.recipients?.some((user) => user.id === userId) ? IN_PRIVATE : 0n;
  }
  const guild = world.guild(channel.guild_id ?? '');
  const base = guildPermissions(guild, userId);
  if (base === ALL || base === 0n) return base;
  const place = isThread(channel) ? world.channel(channel.parent_id ?? '') : channel;
  const overwrites = isPrivate(place) ? [] : (place.permission_overwrites ?? []);
  const roles = guild.members.get(userId)?.roles ?? [];
  const layers = [
    overwrites.filter((one) => one.id === guild.id),
    overwrites.filter((one) => one.type === OverwriteType.Role && roles.includes(one.id)),
    overwrites.filter((one) => one.type === OverwriteType.Member && one.id === userId),
  ];
  return layers.reduce((bits, layer) => {
    const deny = layer.reduce((sum, one) => sum | BigInt(one.deny), 0n);
    const allow = layer.reduce((sum, one) => sum | BigInt(one.allow), 0n);
    return (bits & ~deny) | allow;
  }, base);
}

export function may(world: World, channel: WorldChannel, userId: string, ...needed: bigint[]): boolean {
  const bits = permissionsIn(world, channel, userId);
  return needed.every((bit) => (bits & bit) === bit);
}

/** Whether the bot hears of what is said there. */
export function botSees(world: World, channel: WorldChannel): boolean {
  return may(world, channel, world.bot.id, PermissionFlagsBits.ViewChannel);
}
