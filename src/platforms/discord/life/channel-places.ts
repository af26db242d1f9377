import { Client } from 'discord.js';
import { placeOf } from '../discord-address.mapper';

/** The channel under which answers in a channel or thread are found, also in a thread that hark does not know. */
export async function answersChannel(
  client: Client,
  channelId: string,
  guildId: string | undefined,
): Promise<string> {
  const known = client.channels.cache.get(channelId);
  // Direct messages have no threads, and all other channels of a server are known.
  const channel = known ?? (guildId === undefined ? null : await fetched(client, channelId));
  const place = channel?.isTextBased() ? placeOf(channel, channelId) : undefined;
  return place?.channel ?? channelId;
}

async function fetched(client: Client, channelId: string) {
  try {
    return await client.channels.fetch(channelId);
  } catch {
    return null;
  }
}
