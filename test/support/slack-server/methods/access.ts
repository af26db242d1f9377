import { Channel, ChannelKind } from '../slack-model';
import { SlackApiError } from '../slack-params';
import { ApiCall } from '../slack-api-method';

const rooms: Record<ChannelKind, string> = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' };

/** The scope that reading something of this channel's kind takes: `channels:read`, `im:history`. */
export function scopeFor(call: ApiCall, action: 'read' | 'history'): string[] {
  const channel = call.world.channels.get(call.params.text('channel') ?? '');
  return [`${rooms[channel?.kind ?? 'channel']}:${action}`];
}

/** The scope for a kind of conversation. */
export function scopeOfKind(kind: ChannelKind, action: 'read' | 'write'): string {
  return `${rooms[kind]}:${action}`;
}

/**
 * The channel that an argument names, as far as the bot may know of it.
 * @throws SlackApiError `channel_not_found`, also for a private one that the bot is not in
 */
export function knownChannel(call: ApiCall, name = 'channel'): Channel {
  const channel = call.world.channels.get(call.params.required(name, 'channel_not_found'));
  const { bot } = call.team;
  if (!channel || channel.deleted || channel.teamId !== call.team.id)
    throw new SlackApiError('channel_not_found');
  if (channel.kind !== 'channel' && !channel.members.has(bot.userId))
    throw new SlackApiError('channel_not_found');
  return channel;
}

/** @throws SlackApiError as `knownChannel`, and `not_in_channel` */
export function joinedChannel(call: ApiCall, name = 'channel'): Channel {
  const channel = knownChannel(call, name);
  if (!channel.members.has(call.team.bot.userId)) throw new SlackApiError('not_in_channel');
  return channel;
}

/** @throws SlackApiError as `joinedChannel`, and `is_archived` */
export function writableChannel(call: ApiCall, name = 'channel'): Channel {
  const channel = joinedChannel(call, name);
  if (channel.archived) throw new SlackApiError('is_archived');
  return channel;
}
