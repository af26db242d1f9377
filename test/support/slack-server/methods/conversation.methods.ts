import { Channel, ChannelKind } from '../slack-model';
import { pageOf, SlackApiError } from '../slack-params';
import { ApiCall, ApiMethods } from '../slack-api-method';
import { joinedChannel, knownChannel, scopeFor, scopeOfKind } from './access';

const kinds: Record<string, ChannelKind> = {
  public_channel: 'channel',
  private_channel: 'group',
  im: 'im',
  mpim: 'mpim',
};

/** @throws SlackApiError `invalid_types` */
function kindsAsked(call: ApiCall): ChannelKind[] {
  const types = (call.params.text('types') ?? 'public_channel').split(',');
  return types.map((type) => {
    const kind = kinds[type.trim()];
    if (!kind) throw new SlackApiError('invalid_types');
    return kind;
  });
}

function listed(call: ApiCall, of: (channel: Channel) => boolean) {
  const asked = kindsAsked(call);
  const found = [...call.world.channels.values()].filter(
    (channel) =>
      channel.teamId === call.team.id &&
      !channel.deleted &&
      asked.includes(channel.kind) &&
      of(channel) &&
      !(call.params.flag('exclude_archived') && channel.archived),
  );
  const { page, metadata } = pageOf(found, call.params, 100);
  return { channels: page.map((channel) => call.payloads.channel(channel)), response_metadata: metadata };
}

const readsAsked = (call: ApiCall) => [...new Set(kindsAsked(call).map((kind) => scopeOfKind(kind, 'read')))];

/** The user ids in `users`, which must exist. */
function usersAsked(call: ApiCall): string[] {
  const users = call.params.required('users', 'users_list_not_supplied').split(',');
  if (users.some((id) => !call.world.users.has(id.trim()))) throw new SlackApiError('user_not_found');
  return users.map((id) => id.trim());
}

export const conversationMethods: ApiMethods = {
  'conversations.info': {
    scopes: (call) => scopeFor(call, 'read'),
    run: (call) => {
      const channel = knownChannel(call);
      const count = call.params.flag('include_num_members') ? { num_members: channel.members.size } : {};
      return { channel: { ...call.payloads.channel(channel), ...count } };
    },
  },
  'conversations.members': {
    scopes: (call) => scopeFor(call, 'read'),
    run: (call) => {
      const { page, metadata } = pageOf([...knownChannel(call).members], call.params, 100);
      return { members: page, response_metadata: metadata };
    },
  },
  'conversations.list': {
    scopes: readsAsked,
    run: (call) => {
      const { userId } = call.team.bot;
      return listed(call, (channel) => channel.kind === 'channel' || channel.members.has(userId));
    },
  },
  'users.conversations': {
    scopes: readsAsked,
    run: (call) => {
      const bot = call.team.bot.userId;
      const user = call.params.text('user') ?? bot;
      return listed(
        call,
        ({ kind, members }) => members.has(user) && (kind === 'channel' || members.has(bot)),
      );
    },
  },
  'conversations.open': {
    scopes: (call) => [scopeOfKind(call.params.text('users')?.includes(',') ? 'mpim' : 'im', 'write')],
    run: (call) => {
      const given = call.params.text('channel');
      const users = given ? [] : usersAsked(call);
      if (users.length === 1 && users[0] === call.team.bot.userId) throw new SlackApiError('user_not_found');
      const [creator, ...members] = users;
      const channel = given
        ? joinedChannel(call)
        : users.length === 1
          ? call.world.im(users[0] ?? '', call.team)
          : call.world.addChannel({ team: call.team, kind: 'mpim', creator, members });
      const shown = call.params.flag('return_im') ? call.payloads.channel(channel) : { id: channel.id };
      return { channel: shown };
    },
  },
};
