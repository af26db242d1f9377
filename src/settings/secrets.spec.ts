import { inspect } from 'node:util';
import { loadSettings } from './load-settings';
import { secretsOf } from './secrets';

describe('settings', () => {
  it('never show a secret, however they are printed', () => {
    const secret = 'marked-secret';
    const env = {
      ADMIN_TOKEN: `${secret}1`,
      VIEWER_TOKEN: `${secret}2`,
      DISCORD_TOKEN: `${secret}3`,
      SLACK_BOT_TOKEN: `xoxb-${secret}`,
      SLACK_APP_TOKEN: `xapp-${secret}`,
      SLACK_SIGNING_SECRET: `${secret}4`,
      OPENAI_BASE_URL: `https://user:${secret}@openai.test/v1`,
      OPENAI_MODEL: 'm',
      OPENAI_API_KEY: `${secret}5`,
      REDIS_URL: `redis://:${secret}@localhost`,
      DATABASE_URL: `postgresql://hark:${secret}%21@localhost/hark`,
      WHISPER_SERVER_URL: `http://u:${secret}@gpu:8080`,
    };
    const settings = loadSettings(env, { cwd: '/nowhere', terminal: false });
    for (const printed of [
      JSON.stringify(settings),
      inspect(settings, { depth: 9 }),
      inspect([settings.slack, settings.openai, settings.whisper, settings.discord]),
    ]) {
      expect(printed).toContain('[set]');
      expect(printed).not.toContain(secret);
    }
    expect(JSON.parse(JSON.stringify(settings))).toMatchObject({
      roles: ['api', 'bot', 'worker'],
      redisUrl: 'redis://[set]@localhost',
    });
    expect(secretsOf(settings).sort()).toEqual(
      [
        ...['1', '2', '3', '4', '5', '', '!', '%21'].map((end) => `${secret}${end}`),
        `xoxb-${secret}`,
        `xapp-${secret}`,
      ].sort(),
    );
  });
});
