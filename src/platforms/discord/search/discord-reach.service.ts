import { Injectable } from '@nestjs/common';
import {
  Guild,
  GuildBasedChannel,
  GuildMember,
  PermissionFlagsBits as Bits,
  RepliableInteraction,
} from 'discord.js';
import { Clock } from '../../../core/clock';
import { Reach } from '../../../core/job-archive';
import { toHarkError } from '../discord-error.mapper';
import { ThreadSightService } from './thread-sight.service';

/** What somebody may see now. */
export interface Sight {
  reach: Reach;
  /** False where there are more threads than could be looked at. */
  whole: boolean;
}

/** Finds out, at the time of asking, where a member may read. */
@Injectable()
export class DiscordReachService {
  constructor(
    private readonly threads: ThreadSightService,
    private readonly clock: Clock,
  ) {}

  /**
   * In a server what the member may read in it, outside of servers their own direct messages. Undefined in a server
   * that hark is no member of: nobody says what may be read there.
   *
   * @throws HarkError where Discord does not tell
   */
  async of(interaction: RepliableInteraction): Promise<Sight | undefined> {
    const { user, guildId } = interaction;
    const reach: Reach = { platform: 'discord', workspace: guildId ?? '', user: user.id, channels: [] };
    if (guildId === null) return { reach, whole: true };
    if (!interaction.inCachedGuild()) return undefined;
    const { guild, member } = interaction;
    reach.channels = await readableIn(guild, member).catch((error: unknown) => {
      throw toHarkError(error, this.clock.now());
    });
    const { threads, whole } = await this.threads.within(reach, guild, member);
    return { reach: { ...reach, threads }, whole };
  }
}

/**
 * Ids of the channels that the member may read. The interaction has told the member's roles; what roles and channels
 * allow is asked for anew.
 */
async function readableIn(guild: Guild, member: GuildMember): Promise<string[]> {
  const [channels] = await Promise.all([guild.channels.fetch(), guild.roles.fetch()]);
  return [...channels.values()]
    .filter((channel) => channel !== null)
    .filter((channel) => mayRead(channel, member))
    .map(({ id }) => id);
}

function mayRead(channel: GuildBasedChannel, member: GuildMember): boolean {
  const needed = [Bits.ViewChannel, Bits.ReadMessageHistory];
  // The text of a voice channel is for whoever may join it.
  if (channel.isVoiceBased()) needed.push(Bits.Connect);
  return channel.permissionsFor(member).has(needed);
}
