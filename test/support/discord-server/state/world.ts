import {
  APIApplication,
  APIDMChannel,
  APIGroupDMChannel,
  APIGuild,
  APIGuildMember,
  APIGuildVoiceChannel,
  APITextChannel,
  APIThreadChannel,
  APIUser,
  ChannelType,
  Locale,
} from 'discord.js';

/** A user and what only Discord knows about them. */
export interface Person {
  user: APIUser;
  /** False: the bot's direct messages are refused with 50007. */
  dmsOpen: boolean;
  /** The app is installed to this user and works wherever they are. */
  appInstalled: boolean;
  locale: Locale;
}

export interface Guild {
  id: string;
  data: APIGuild;
  members: Map<string, APIGuildMember>;
  /** Who is in which voice channel. */
  voice: Map<string, string>;
  joinedAt: string;
}

export type GuildChannel = APITextChannel | APIGuildVoiceChannel | APIThreadChannel;
export type PrivateChannel = APIDMChannel | APIGroupDMChannel;
export type WorldChannel = GuildChannel | PrivateChannel;

export function isPrivate(channel: WorldChannel): channel is PrivateChannel {
  return channel.type === ChannelType.DM || channel.type === ChannelType.GroupDM;
}

export function isThread(channel: WorldChannel): channel is APIThreadChannel {
  return [ChannelType.PublicThread, ChannelType.PrivateThread, ChannelType.AnnouncementThread].includes(
    channel.type,
  );
}

/** Everybody and every place there is. Only holds and finds; building and its events are the builder's. */
export class World {
  readonly people = new Map<string, Person>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, WorldChannel>();
  /** Ids of users, by thread. */
  readonly threadMembers = new Map<string, Set<string>>();

  constructor(
    readonly application: APIApplication,
    readonly bot: APIUser,
  ) {
    this.people.set(bot.id, { user: bot, dmsOpen: false, appInstalled: false, locale: Locale.EnglishUS });
  }

  person(id: string): Person {
    return found(this.people.get(id), 'user', id);
  }

  guild(id: string): Guild {
    return found(this.guilds.get(id), 'guild', id);
  }

  channel(id: string): WorldChannel {
    return found(this.channels.get(id), 'channel', id);
  }

  guildOf(channel: WorldChannel): Guild | undefined {
    return isPrivate(channel) ? undefined : this.guild(channel.guild_id ?? '');
  }

  /** The guilds in which the bot is a member: the only ones it hears of. */
  guildsOfBot(): Guild[] {
    return [...this.guilds.values()].filter((guild) => guild.members.has(this.bot.id));
  }

  channelsOf(guildId: string): GuildChannel[] {
    return [...this.channels.values()].filter(
      (channel): channel is GuildChannel => !isPrivate(channel) && channel.guild_id === guildId,
    );
  }

  /** The direct messages of two users. */
  dmOf(oneId: string, otherId: string): APIDMChannel | undefined {
    return [...this.channels.values()].find((channel): channel is APIDMChannel => {
      const ids = channel.type === ChannelType.DM ? channel.recipients?.map((user) => user.id) : undefined;
      return Boolean(ids?.includes(oneId) && ids.includes(otherId));
    });
  }
}

function found<T>(thing: T | undefined, kind: string, id: string): T {
  if (thing === undefined) throw new Error(`This Discord has no ${kind} ${id}.`);
  return thing;
}
