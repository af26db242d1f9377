import { Json, Message } from '../slack-model';
import { pageOf, SlackApiError } from '../slack-params';
import { ApiCall, ApiMethods } from '../slack-api-method';
import { joinedChannel, scopeFor } from './access';

/** Microseconds, so that timestamps compare exactly. */
const micros = (ts: string) => BigInt(ts.replace('.', '').padEnd(16, '0'));

/** The messages between `oldest` and `latest`, the bounds themselves only when `inclusive`. */
function within(call: ApiCall, messages: Message[]): Message[] {
  const { params } = call;
  const [oldest, latest] = [params.text('oldest'), params.text('latest')];
  const edge = params.flag('inclusive') ? 0n : 1n;
  return messages.filter(
    ({ ts }) =>
      (!oldest || Number(oldest) === 0 || micros(ts) >= micros(oldest) + edge) &&
      (!latest || micros(ts) <= micros(latest) - edge),
  );
}

function answer(call: ApiCall, messages: Message[]): Json {
  const { page, metadata } = pageOf(messages, call.params, 100);
  const withMetadata = call.params.flag('include_all_metadata');
  return {
    messages: page.map((message) => call.payloads.message(message, withMetadata)),
    has_more: metadata.next_cursor !== '',
    response_metadata: metadata,
  };
}

export const historyMethods: ApiMethods = {
  /** Newest first; replies are not among them. */
  'conversations.history': {
    scopes: (call) => scopeFor(call, 'history'),
    run: (call) => {
      const channel = joinedChannel(call);
      const top = call.world
        .messagesIn(channel.id)
        .filter(({ threadTs, ts }) => threadTs === undefined || threadTs === ts);
      return { ...answer(call, within(call, top).reverse()), pin_count: 0 };
    },
  },
  /** The thread's first message, then its replies, oldest first. */
  'conversations.replies': {
    scopes: (call) => scopeFor(call, 'history'),
    run: (call) => {
      const channel = joinedChannel(call);
      const asked = call.world.message(channel.id, call.params.required('ts', 'thread_not_found'));
      const parent = asked?.threadTs ? call.world.message(channel.id, asked.threadTs) : asked;
      if (!parent) throw new SlackApiError('thread_not_found');
      const replies = within(call, call.world.replies(channel.id, parent.ts));
      return answer(call, [parent, ...replies]);
    },
  },
  'reactions.add': {
    scopes: () => ['reactions:write'],
    run: (call) => {
      const channel = joinedChannel(call);
      const message = call.world.message(channel.id, call.params.required('timestamp', 'bad_timestamp'));
      if (!message) throw new SlackApiError('message_not_found');
      const name = call.params.required('name', 'no_item_specified');
      const users = message.reactions.get(name) ?? [];
      if (users.includes(call.team.bot.userId)) throw new SlackApiError('already_reacted');
      message.reactions.set(name, [...users, call.team.bot.userId]);
      return {};
    },
  },
};
