import { APIReaction, PermissionFlagsBits as Bits } from 'discord.js';
import { Realm } from '../realm';
import { Access } from './access';
import { noContent, RestCall, Route } from './rest-call';

const REACTION = '/channels/:channel/messages/:message/reactions/:emoji/@me';

/** The bot's own reactions. */
export function reactionRoutes({ journal }: Realm, access: Access): Route[] {
  const target = (call: RestCall) => {
    const channel = access.channel(call.param('channel'));
    const message = access.message(channel, call.param('message'));
    const [name = '', id = null] = call.param('emoji').split(':');
    const others = (message.data.reactions ?? []).filter(
      (one) => one.emoji.name !== name || one.emoji.id !== id,
    );
    return { channel, message, emoji: { name, id }, others };
  };
  const add = (call: RestCall) => {
    const { channel, message, emoji, others } = target(call);
    access.need(channel, Bits.ReadMessageHistory, Bits.AddReactions);
    const reaction: APIReaction = {
      emoji,
      count: 1,
      count_details: { normal: 1, burst: 0 },
      me: true,
      me_burst: false,
      burst_colors: [],
    };
    message.data.reactions = [...others, reaction];
    journal.changed();
    return noContent;
  };
  const remove = (call: RestCall) => {
    const { message, others } = target(call);
    message.data.reactions = others;
    journal.changed();
    return noContent;
  };
  return [
    { method: 'PUT', pattern: REACTION, handle: add },
    { method: 'DELETE', pattern: REACTION, handle: remove },
  ];
}
