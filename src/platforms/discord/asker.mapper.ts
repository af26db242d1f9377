import { APIInteractionGuildMember, GuildMember } from 'discord.js';
import { Member } from '../../core/voice-note';
import { personOf } from './discord.mapper';

/** Who asks, with the roles that they have in the server. Outside of servers there are none. */
export function askerOf(
  user: { id: string; displayName: string },
  member: GuildMember | APIInteractionGuildMember | null,
): Member {
  return member ? { ...personOf(user), roles: rolesOf(member) } : personOf(user);
}

/** Ids; where hark is no member, Discord sends them as they are. */
function rolesOf({ roles }: GuildMember | APIInteractionGuildMember): string[] {
  return Array.isArray(roles) ? roles : [...roles.cache.keys()];
}
