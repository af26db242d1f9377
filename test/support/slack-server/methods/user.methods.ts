import { SlackApiError } from '../slack-params';
import { ApiMethods } from '../slack-api-method';

export const userMethods: ApiMethods = {
  'users.info': {
    scopes: () => ['users:read'],
    run: ({ world, params, payloads, team }) => {
      const user = world.users.get(params.required('user', 'user_not_found'));
      if (!user || user.teamId !== team.id) throw new SlackApiError('user_not_found');
      return { user: payloads.user(user, params.flag('include_locale')) };
    },
  },
  'usergroups.list': {
    scopes: () => ['usergroups:read'],
    run: ({ world, params, team }) => ({
      usergroups: [...world.groups.values()]
        .filter(({ teamId }) => teamId === team.id)
        .map(({ id, handle, users }) => ({
          id,
          team_id: team.id,
          is_usergroup: true,
          name: handle,
          handle,
          ...(params.flag('include_users') && { users: [...users] }),
        })),
    }),
  },
  'bots.info': {
    scopes: () => ['users:read'],
    run: ({ appId, params, team, world }) => {
      const { botId: id, name, userId } = team.bot;
      if ((params.text('bot') ?? id) !== id) throw new SlackApiError('bot_not_found');
      const updated = Math.floor(world.clock.now() / 1000);
      return { bot: { id, deleted: false, name, app_id: appId, user_id: userId, icons: {}, updated } };
    },
  },
  'team.info': {
    scopes: () => ['team:read'],
    run: ({ team }) => ({
      team: { id: team.id, name: team.name, domain: team.domain, email_domain: '', icon: {} },
    }),
  },
};
