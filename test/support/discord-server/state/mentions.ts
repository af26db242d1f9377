import { AllowedMentionsTypes, APIAllowedMentions, PermissionFlagsBits } from 'discord.js';
import { may } from './permissions';
import { isPrivate, World, WorldChannel } from './world';

/** Who is notified by a message. */
export interface Pings {
  everyone: boolean;
  users: string[];
  roles: string[];
}

const ALL_KINDS = [AllowedMentionsTypes.Everyone, AllowedMentionsTypes.Role, AllowedMentionsTypes.User];

/** What is parsed when `allowed_mentions` is missing: everything, but users only from webhooks and interactions. */
export function defaultMentions(webhook: boolean): APIAllowedMentions {
  return { parse: webhook ? [AllowedMentionsTypes.User] : ALL_KINDS, replied_user: !webhook };
}

/**
 * Whom a text notifies, after `allowed_mentions` and the author's permissions. Only these appear in the message's
 * `mentions`; whatever else the text says is just text.
 */
export function pingsOf(
  world: World,
  channel: WorldChannel,
  message: { authorId: string; content: string; repliedTo?: string },
  allowed: APIAllowedMentions,
): Pings {
  const parses = (kind: AllowedMentionsTypes) => allowed.parse?.includes(kind) ?? false;
  const present = (id: string) =>
    isPrivate(channel)
      ? Boolean(channel.recipients?.some((user) => user.id === id))
      : Boolean(world.guildOf(channel)?.members.has(id));
  const named = (pattern: RegExp) => [...message.content.matchAll(pattern)].map((match) => match[1] ?? '');

  const users = named(/<@!?(\d+)>/g).filter(
    (id) => present(id) && (parses(AllowedMentionsTypes.User) || allowed.users?.includes(id)),
  );
  if (message.repliedTo && allowed.replied_user) users.push(message.repliedTo);

  const mayAll = may(world, channel, message.authorId, PermissionFlagsBits.MentionEveryone);
  const roles = named(/<@&(\d+)>/g).filter((id) => {
    const role = world.guildOf(channel)?.data.roles.find((one) => one.id === id);
    const wanted = parses(AllowedMentionsTypes.Role) || allowed.roles?.includes(id);
    return Boolean(role && wanted && (role.mentionable || mayAll));
  });
  const loud = /@(everyone|here)\b/.test(message.content);
  return {
    everyone: loud && mayAll && parses(AllowedMentionsTypes.Everyone),
    users: [...new Set(users)],
    roles: [...new Set(roles)],
  };
}
