import { APIUser } from 'discord.js';
import { isPrivate, WorldChannel } from '../state/world';

/** A channel as the bot is told of it: in direct messages the bot is not among the recipients. */
export function channelFor(bot: APIUser, channel: WorldChannel): WorldChannel {
  if (!isPrivate(channel)) return channel;
  return { ...channel, recipients: (channel.recipients ?? []).filter((user) => user.id !== bot.id) };
}
