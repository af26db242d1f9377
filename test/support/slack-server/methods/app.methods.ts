import { SlackApiError } from '../slack-params';
import { ApiMethods } from '../slack-api-method';

export const appMethods: ApiMethods = {
  'auth.test': {
    run: ({ team, appId }) => ({
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: team.bot.name,
      team_id: team.id,
      user_id: team.bot.userId,
      bot_id: team.bot.botId,
      app_id: appId,
      is_enterprise_install: false,
    }),
  },
  'apps.connections.open': {
    token: 'app',
    scopes: () => ['connections:write'],
    run: ({ socketUrl }) => {
      const url = socketUrl();
      if (!url) throw new SlackApiError('too_many_websockets');
      return { url };
    },
  },
};
