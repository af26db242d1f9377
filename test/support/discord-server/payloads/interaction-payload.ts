import {
  APIAuthorizingIntegrationOwnersMap,
  APIBaseInteraction,
  APIInteractionDataResolved,
  APIInteractionDataResolvedGuildMember,
  ApplicationIntegrationType as Installed,
  GuildPremiumTier,
  InteractionContextType,
  InteractionType,
  PermissionFlagsBits as Bits,
} from 'discord.js';
import { channelFor } from './channel-payload';
import { permissionsIn } from '../state/permissions';
import { Guild, isPrivate, Person, World, WorldChannel } from '../state/world';

const MIB = 1024 * 1024;
const UPLOAD_LIMIT: Record<GuildPremiumTier, number> = {
  0: 10 * MIB,
  1: 10 * MIB,
  2: 50 * MIB,
  3: 100 * MIB,
};
/** What a user-installed app may do where it is no member. */
const GUEST = Bits.AttachFiles | Bits.EmbedLinks | Bits.MentionEveryone | Bits.UseExternalEmojis;

/** Where an interaction happens and on whose account. */
export interface Scene {
  channel: WorldChannel;
  guild: Guild | undefined;
  person: Person;
  context: InteractionContextType;
  owners: APIAuthorizingIntegrationOwnersMap;
  userInstallOnly: boolean;
}

/** @throws Error when the app is installed neither there nor to the user: Discord would offer nothing */
export function sceneOf(world: World, channel: WorldChannel, person: Person): Scene {
  const guild = world.guildOf(channel);
  const { id } = person.user;
  if (guild && !guild.members.has(id))
    throw new Error(`${person.user.username} is no member of ${guild.data.name}.`);
  const withBot = isPrivate(channel) && channel.recipients?.some((user) => user.id === world.bot.id);
  const here = guild?.members.has(world.bot.id) || withBot;
  if (!here && !person.appInstalled) {
    throw new Error(
      `The app is installed neither here nor to ${person.user.username}: its commands are not offered.`,
    );
  }
  const owners: APIAuthorizingIntegrationOwnersMap = {
    // In the bot's own DM the guild's place is taken by "0".
    ...(here ? { [Installed.GuildInstall]: guild?.id ?? '0' } : {}),
    ...(person.appInstalled ? { [Installed.UserInstall]: id } : {}),
  };
  const privately = withBot ? InteractionContextType.BotDM : InteractionContextType.PrivateChannel;
  const context = guild ? InteractionContextType.Guild : privately;
  return { channel, guild, person, context, owners, userInstallOnly: !here };
}

function appPermissions(world: World, { channel, userInstallOnly, person }: Scene): bigint {
  if (!userInstallOnly) return permissionsIn(world, channel, world.bot.id);
  return permissionsIn(world, channel, person.user.id) & GUEST;
}

/** Everything of an interaction but its type and data. */
export function interactionBase(
  world: World,
  scene: Scene,
  ids: { id: string; token: string },
  sizeLimit?: number,
): Omit<APIBaseInteraction<InteractionType, unknown>, 'type' | 'data' | 'message'> {
  const { channel, guild, person, context, owners } = scene;
  const permissions = permissionsIn(world, channel, person.user.id).toString();
  const member = guild?.members.get(person.user.id);
  const { locale } = person;
  const where =
    guild && member
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.data.preferred_locale, features: guild.data.features },
          guild_locale: guild.data.preferred_locale,
          member: { ...member, permissions },
        }
      : { user: person.user };
  return {
    ...ids,
    ...where,
    application_id: world.application.id,
    version: 1,
    channel_id: channel.id,
    channel: isPrivate(channel)
      ? channelFor(world.bot, channel)
      : Object.assign({ ...channel }, { permissions }),
    locale,
    app_permissions: appPermissions(world, scene).toString(),
    entitlements: [],
    authorizing_integration_owners: owners,
    context,
    attachment_size_limit: sizeLimit ?? UPLOAD_LIMIT[guild?.data.premium_tier ?? 0],
  };
}

/** A member as `resolved` shows it: without the user, with permissions. */
export function resolvedMember(
  world: World,
  scene: Scene,
  userId: string,
): APIInteractionDataResolvedGuildMember | undefined {
  const found = scene.guild?.members.get(userId);
  if (!found) return undefined;
  const { user: _user, deaf: _deaf, mute: _mute, ...member } = found;
  return { ...member, permissions: permissionsIn(world, scene.channel, userId).toString() };
}

/** What a menu of roles and people says of the one that was chosen. */
export function resolvedMention(world: World, scene: Scene, id: string): APIInteractionDataResolved {
  const role = scene.guild?.data.roles.find((one) => one.id === id);
  if (role) return { roles: { [id]: role } };
  const member = resolvedMember(world, scene, id);
  return { users: { [id]: world.person(id).user }, ...(member && { members: { [id]: member } }) };
}
