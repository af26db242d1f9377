import { inspect } from 'node:util';
import { settingsErrorOf } from '../../test/support/settings-error-of';
import { loadSettings, loadSettingsAndWarnings } from './load-settings';

const OPTIONS = { cwd: '/nowhere', terminal: false };
const load = (env: NodeJS.ProcessEnv) => loadSettings(env, OPTIONS);
const warnings = (env: NodeJS.ProcessEnv) => loadSettingsAndWarnings(env, OPTIONS).warnings;
const problemsOf = (env: NodeJS.ProcessEnv) => settingsErrorOf(() => load(env));

describe('settings', () => {
  it.each([
    ['PORT', 'abc'],
    ['PORT', '70000'],
    ['HOST', 'http://x'],
    ['ROLES', 'api,boot'],
    ['ROLES', ','],
    ['DATABASE_URL', 'mysql://x'],
    ['DATABASE_URL', 'sqlite::memory:'],
    ['DATABASE_POOL_SIZE', '0'],
    ['REDIS_URL', 'localhost:6379'],
    ['ADMIN_TOKEN', 'two words'],
    ['DISCORD_TOKEN', 'Bot abc'],
    ['DISCORD_API_URL', 'discord.com'],
    ['SLACK_BOT_TOKEN', 'xoxp-1'],
    ['SLACK_APP_TOKEN', 'xoxb-1'],
    ['SLACK_API_URL', 'ftp://slack.com'],
    ['WHISPER_MODEL_SHA256', 'abc'],
    ['WHISPER_SERVER_URL', '//x'],
    ['WHISPER_THREADS', '-1'],
    ['TRANSCRIBERS', 'whisper'],
    ['OPENAI_BASE_URL', 'javascript:alert(1)'],
    ['MAX_MEDIA_BYTES', '0'],
    ['MAX_MEDIA_BYTES', '12 parsecs'],
    ['MAX_MEDIA_SECONDS', 'constructor'],
    ['MEDIA_ALLOW_HOSTS', 'cdn.local'],
    ['MEDIA_ALLOW_HOSTS', 'cdn.local:0'],
    ['MEDIA_ALLOW_HOSTS', '[cdn]:80'],
    ['YT_DLP', 'yes'],
    ['YT_DLP', 'bin/yt-dlp'],
    ['YT_DLP_SITES', 'https://youtube.com'],
    ['YT_DLP_SITES', 'youtube'],
    ['RATE_LIMIT_ACTIVE_JOBS', '1.5'],
    ['FEATURES', 'a,-a'],
    ['FEATURES', '--a'],
    ['RETENTION_DAYS', 'never'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_FORMAT', 'xml'],
    ['NODE_ENV', 'staging'],
  ])('refuse %s=%s by name and with an example', (name, value) => {
    const error = problemsOf({ [name]: value });
    expect(error.problems.map((problem) => problem.name)).toEqual([name]);
    expect(error.message).toContain(`Example: ${name}=`);
    expect(error.code).toBe('settings_invalid');
    const [, example] = error.problems[0]!.example.split('=');
    expect(example).not.toBe('');
  });

  it('name every problem at once, and the value only where it is no secret', () => {
    const error = problemsOf({
      PORT: 'abc',
      SLACK_BOT_TOKEN: 'hush-hush',
      REDIS_URL: 'http://u:hush-hush@x',
    });
    expect(error.problems.map(({ name }) => name)).toEqual(['PORT', 'REDIS_URL', 'SLACK_BOT_TOKEN']);
    expect(error.message).toContain('but is "abc"');
    expect(inspect(error)).not.toContain('hush-hush');
  });

  it.each<[NodeJS.ProcessEnv, string, string]>([
    [{ ROLES: 'worker' }, 'REDIS_URL', 'ROLES'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
    [{ TRANSCRIBERS: 'openai', OPENAI_MODEL: 'm' }, 'OPENAI_BASE_URL', 'TRANSCRIBERS'],
    [{ ADMIN_TOKEN: 'same', VIEWER_TOKEN: 'same' }, 'VIEWER_TOKEN', 'ADMIN_TOKEN'],
  ])('refuse %j', (env, name, other) => {
    const error = problemsOf(env);
    expect(error.problems.map((problem) => problem.name)).toEqual([name]);
    expect(error.message).toContain(other);
  });

  it('take the examples that they give', () => {
    for (const name of ['MEDIA_ALLOW_HOSTS', 'FEATURES', 'DATABASE_URL', 'WHISPER_MODEL_SHA256'] as const) {
      const wrong = problemsOf({ [name]: ':' }).problems[0]!.example;
      expect(() => load({ [name]: wrong.slice(name.length + 1) })).not.toThrow();
    }
  });

  it('warn of misspelt names and of SQLite with several processes', () => {
    expect(warnings({ WHISPER_MODLE: 'x', DISCORD_BOT_TOKEN: 'x', HARK_PORT: '1', REDIS_ULR: 'x' })).toEqual([
      expect.stringMatching(/^WHISPER_MODLE .*WHISPER_MODEL\?$/),
      expect.stringMatching(/^DISCORD_BOT_TOKEN .*DISCORD_TOKEN\?$/),
      expect.stringMatching(/^HARK_PORT .*PORT\?$/),
      expect.stringMatching(/^REDIS_ULR .*REDIS_URL\?$/),
    ]);
    expect(
      warnings({ PATH: '/bin', HOME: '/root', OPENAI_ORG_ID: 'x', LOGNAME: 'me', npm_config_port: '1' }),
    ).toEqual([]);
    expect(warnings({ REDIS_URL: 'redis://localhost' })).toEqual([expect.stringContaining('PostgreSQL')]);
    expect(warnings({ REDIS_URL: 'redis://localhost', DATABASE_URL: 'postgresql://db/hark' })).toEqual([]);
    expect(warnings({ OPENAI_BASE_URL: 'https://api.openai.com/v1' })).toEqual([
      expect.stringContaining('TRANSCRIBERS does not name openai'),
    ]);
    expect(warnings({ ADMIN_TOKEN: 'guess' })).toEqual([expect.stringContaining('ADMIN_TOKEN is short')]);
  });
});
