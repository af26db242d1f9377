import {
  ChannelType,
  PermissionFlagsBits as Bits,
  RESTPostAPIChannelThreadsJSONBody,
  RESTPostAPICurrentUserCreateDMChannelJSONBody,
} from 'discord.js';
import { channelFor } from '../payloads/channel-payload';
import { Realm } from '../realm';
import { Access } from './access';
import { DiscordError, FormFaults, refuse } from './discord-error';
import { noContent, ok, Route } from './rest-call';

export function channelRoutes({ world, builder, events }: Realm, access: Access): Route[] {
  return [
    {
      method: 'GET',
      pattern: '/channels/:channel',
      handle: (call) => ok(channelFor(world.bot, access.channel(call.param('channel')))),
    },
    {
      method: 'GET',
      pattern: '/channels/:channel/thread-members/:user',
      handle: (call) => {
        const { id } = access.channel(call.param('channel'));
        const user = call.param('user');
        if (!world.threadMembers.get(id)?.has(user)) throw refuse.unknownMember();
        return ok({ id, user_id: user, join_timestamp: new Date(0).toISOString(), flags: 0 });
      },
    },
    {
      method: 'POST',
      pattern: '/channels/:channel/typing',
      handle: (call) => {
        const channel = access.writable(call.param('channel'));
        events.typing(channel, world.bot);
        return noContent;
      },
    },
    {
      // Threads without a message; voice channels have none.
      method: 'POST',
      pattern: '/channels/:channel/threads',
      handle: (call) => {
        const channel = access.channel(call.param('channel'));
        const { name, type } = call.body as RESTPostAPIChannelThreadsJSONBody;
        if (channel.type !== ChannelType.GuildText || type !== ChannelType.PublicThread)
          throw new DiscordError(400, 50_024, 'Cannot execute action on this channel type');
        access.need(channel, Bits.CreatePublicThreads);
        const faults = new FormFaults();
        faults.within('name', name.length, 1, 100);
        faults.throwIfAny();
        return ok(builder.addThread(channel, name, world.bot));
      },
    },
    {
      // Opening always succeeds; whether the user takes messages shows when one is sent.
      method: 'POST',
      pattern: '/users/@me/channels',
      handle: (call) => {
        const { recipient_id } = call.body as RESTPostAPICurrentUserCreateDMChannelJSONBody;
        if (!recipient_id || !world.people.has(recipient_id)) throw refuse.badRecipient();
        return ok(channelFor(world.bot, builder.openDm(recipient_id)));
      },
    },
  ];
}
