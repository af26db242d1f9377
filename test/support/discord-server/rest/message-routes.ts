import {
  APIMessage,
  MessageType,
  PermissionFlagsBits as Bits,
  RESTPatchAPIChannelMessageJSONBody,
  RESTPostAPIChannelMessageJSONBody,
  RESTPostAPIChannelMessagesBulkDeleteJSONBody,
} from 'discord.js';
import { withoutContent } from '../gateway/content-rule';
import { isGranted } from '../payloads/account-payload';
import { Realm } from '../realm';
import { StoredMessage } from '../state/message-board';
import { isPrivate, WorldChannel } from '../state/world';
import { Access } from './access';
import { refuse } from './discord-error';
import { unknownReference } from './message-rules';
import { noContent, ok, RestCall, Route } from './rest-call';

/** Discord remembers nonces for "a few minutes". */
const NONCE_LIFE_MS = 5 * 60_000;
const MESSAGES = '/channels/:channel/messages';
const MESSAGE = `${MESSAGES}/:message`;

export function messageRoutes(realm: Realm, access: Access): Route[] {
  const { world, board, clock, composer } = realm;

  /** Over REST the app's grant counts, not a session's intents. */
  const show = (message: StoredMessage): APIMessage => {
    const rendered = board.render(message);
    if (isGranted(world.application, 'messageContent')) return rendered;
    return withoutContent(rendered, world.bot.id, isPrivate(world.channel(message.channelId)));
  };

  const sameNonce = (body: RESTPostAPIChannelMessageJSONBody): StoredMessage | undefined => {
    if (!body.enforce_nonce || body.nonce === undefined) return undefined;
    const since = clock.now() - NONCE_LIFE_MS;
    return board.all.findLast(
      ({ data, history }) =>
        data.author.id === world.bot.id && data.nonce === body.nonce && (history[0]?.at ?? 0) > since,
    );
  };

  /** Fields of a reply. @throws DiscordError 160002, 50035 */
  const replyOf = (channel: WorldChannel, body: RESTPostAPIChannelMessageJSONBody) => {
    const reference = body.message_reference;
    if (!reference?.message_id) return {};
    if (!access.may(channel, Bits.ReadMessageHistory)) throw refuse.noHistoryForReply();
    const target = board.find(reference.message_id);
    if (target?.channelId !== channel.id || target.visibleTo) {
      if (reference.fail_if_not_exists === false) return {};
      throw unknownReference();
    }
    const guild = world.guildOf(channel);
    const message_reference = {
      type: 0,
      message_id: target.id,
      channel_id: channel.id,
      ...(guild ? { guild_id: guild.id } : {}),
    };
    return { type: MessageType.Reply as const, message_reference };
  };

  const create = (call: RestCall) => {
    const channel = access.writable(call.param('channel'));
    const body = (call.body ?? {}) as RESTPostAPIChannelMessageJSONBody;
    if (call.files.length > 0) access.need(channel, Bits.AttachFiles);
    if (body.embeds?.length) access.need(channel, Bits.EmbedLinks);
    const fields = composer.create(body, call.files, channel.id);
    const reply = replyOf(channel, body);
    const message =
      sameNonce(body) ??
      board.post({
        ...fields,
        ...reply,
        channelId: channel.id,
        authorId: world.bot.id,
        tts: body.tts ?? false,
        ...(body.allowed_mentions ? { allowedMentions: body.allowed_mentions } : {}),
        ...(body.nonce === undefined ? {} : { nonce: body.nonce }),
      });
    return ok({ ...board.render(message), ...(body.nonce === undefined ? {} : { nonce: body.nonce }) });
  };

  const list = (call: RestCall) => {
    const channel = access.channel(call.param('channel'));
    if (!access.may(channel, Bits.ReadMessageHistory)) return ok([]);
    const limit = Math.min(100, Math.max(1, Number(call.query.get('limit') ?? 50)));
    const bound = (name: string) => (call.query.has(name) ? BigInt(call.query.get(name) ?? '') : undefined);
    const [before, after, around] = [bound('before'), bound('after'), bound('around')];
    const all = board.inChannel(channel.id);
    const older = all.filter((one) => BigInt(one.id) < (before ?? around ?? 2n ** 64n));
    let found = older.slice(-limit);
    if (after !== undefined) found = all.filter((one) => BigInt(one.id) > after).slice(0, limit);
    if (around !== undefined) {
      const half = Math.floor(limit / 2);
      found = [
        ...older.slice(-half),
        ...all.filter((one) => BigInt(one.id) >= around).slice(0, limit - half),
      ];
    }
    return ok(found.reverse().map(show));
  };

  const find = (call: RestCall) => {
    const channel = access.channel(call.param('channel'));
    access.need(channel, Bits.ReadMessageHistory);
    return access.message(channel, call.param('message'));
  };

  const edit = (call: RestCall) => {
    const message = access.message(access.channel(call.param('channel')), call.param('message'));
    if (message.data.author.id !== world.bot.id) throw refuse.notTheAuthor();
    const body = (call.body ?? {}) as RESTPatchAPIChannelMessageJSONBody;
    const change = composer.edit(body, call.files, message.data);
    board.edit(message, {
      ...change,
      ...(body.allowed_mentions ? { allowedMentions: body.allowed_mentions } : {}),
    });
    return ok(board.render(message));
  };

  const remove = (call: RestCall) => {
    const channel = access.channel(call.param('channel'));
    const message = access.message(channel, call.param('message'));
    if (message.data.author.id !== world.bot.id) access.need(channel, Bits.ManageMessages);
    board.remove(message);
    return noContent;
  };

  const removeMany = (call: RestCall) => {
    const channel = access.channel(call.param('channel'));
    access.need(channel, Bits.ManageMessages);
    const { messages } = call.body as RESTPostAPIChannelMessagesBulkDeleteJSONBody;
    board.remove(...board.inChannel(channel.id).filter((message) => messages.includes(message.id)));
    return noContent;
  };

  return [
    { method: 'POST', pattern: MESSAGES, handle: create },
    { method: 'GET', pattern: MESSAGES, handle: list },
    { method: 'POST', pattern: `${MESSAGES}/bulk-delete`, handle: removeMany },
    { method: 'GET', pattern: MESSAGE, handle: (call) => ok(show(find(call))) },
    { method: 'PATCH', pattern: MESSAGE, handle: edit },
    { method: 'DELETE', pattern: MESSAGE, handle: remove },
  ];
}
