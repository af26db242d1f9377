import { Message } from '../slack-model';
import { SlackApiError } from '../slack-params';
import { ApiCall, ApiMethods } from '../slack-api-method';
import { joinedChannel, knownChannel, writableChannel } from './access';
import { contentOf, metadataOf, postedText, updatedText } from './message-content';

const writes = { scopes: () => ['chat:write'] };

/** A user's id in place of a channel's stands for the direct conversation. */
function withDirectChannel(call: ApiCall): ApiCall {
  const target = call.params.text('channel');
  const user = target ? call.world.users.get(target) : undefined;
  if (user && user.teamId === call.team.id) call.params.all.channel = call.world.im(user, call.team).id;
  return call;
}

/**
 * The thread to reply in. A parent that is not there does not keep Slack from posting: the reply then lands in the
 * channel itself (seen in the field).
 * @throws SlackApiError `invalid_thread_ts`
 */
function threadOf(call: ApiCall, channel: string): string | undefined {
  const ts = call.params.text('thread_ts');
  if (ts === undefined) return undefined;
  if (!/^\d+\.\d{6}$/.test(ts)) throw new SlackApiError('invalid_thread_ts');
  const parent = call.world.message(channel, ts);
  return parent ? (parent.threadTs ?? parent.ts) : undefined;
}

function ownMessage(call: ApiCall, notOwn: string): Message {
  const channel = joinedChannel(call);
  const message = call.world.message(channel.id, call.params.required('ts', 'message_not_found'));
  if (!message || message.subtype === 'tombstone') throw new SlackApiError('message_not_found');
  if (message.user !== call.team.bot.userId || message.viaResponseUrl) throw new SlackApiError(notOwn);
  return message;
}

export const chatMethods: ApiMethods = {
  'chat.postMessage': {
    ...writes,
    run: (given) => {
      const call = withDirectChannel(given);
      const channel = writableChannel(call);
      const content = contentOf(call, postedText);
      const { userId: user, botId } = call.team.bot;
      const threadTs = threadOf(call, channel.id);
      const metadata = metadataOf(call);
      const { message } = call.board.post({
        channel: channel.id,
        user,
        botId,
        threadTs,
        metadata,
        ...content,
      });
      return { channel: channel.id, ts: message.ts, message: call.payloads.message(message, true) };
    },
  },
  'chat.update': {
    ...writes,
    run: (call) => {
      const message = ownMessage(call, 'cant_update_message');
      // Blocks that are not sent stay as they are; an empty list removes them (docs: chat.update).
      const kept = call.params.all.blocks === undefined ? message.blocks : undefined;
      const { text, blocks = kept } = contentOf(call, updatedText);
      call.board.edit(message, call.team.bot.userId, text, blocks, metadataOf(call));
      const { channel, ts } = message;
      return { channel, ts, text, message: call.payloads.message(message, true) };
    },
  },
  'chat.delete': {
    ...writes,
    run: (call) => {
      const message = ownMessage(call, 'cant_delete_message');
      call.board.remove(message);
      return { channel: message.channel, ts: message.ts };
    },
  },
  'chat.postEphemeral': {
    ...writes,
    run: (call) => {
      const channel = writableChannel(call);
      const user = call.params.required('user', 'user_not_found');
      if (!call.world.users.has(user)) throw new SlackApiError('user_not_found');
      if (!channel.members.has(user)) throw new SlackApiError('user_not_in_channel');
      const content = contentOf(call, postedText);
      const ts = call.world.ids.ts();
      const threadTs = threadOf(call, channel.id);
      const via = 'chat.postEphemeral' as const;
      const shown = { channel: channel.id, user, ts, threadTs, via, gone: false, revisions: [], ...content };
      call.world.ephemerals.push(shown);
      return { message_ts: ts };
    },
  },
  'chat.getPermalink': {
    run: (call) => {
      const channel = knownChannel(call);
      const ts = call.params.required('message_ts', 'message_not_found');
      const message = call.world.message(channel.id, ts);
      if (!message) throw new SlackApiError('message_not_found');
      const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : '';
      const path = `archives/${channel.id}/p${ts.replace('.', '')}${thread}`;
      return { channel: channel.id, permalink: `https://${call.team.domain}.slack.com/${path}` };
    },
  },
};
