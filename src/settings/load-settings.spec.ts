import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { loadSettings, loadSettingsAndWarnings } from './load-settings';
import { secretsOf } from './secrets';
import { SettingsError } from './settings-error';

const cwd = mkdtempSync(join(tmpdir(), 'hark-settings-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const load = (env: NodeJS.ProcessEnv, envFile?: string) =>
  loadSettings(env, { cwd, envFile, terminal: false });
const warnings = (env: NodeJS.ProcessEnv) => loadSettingsAndWarnings(env, { cwd, terminal: false }).warnings;

function problemsOf(env: NodeJS.ProcessEnv, envFile?: string): SettingsError {
  try {
    load(env, envFile);
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
  throw new Error('The settings were taken');
}

describe('settings', () => {
  it('have defaults', () => {
    const settings = load({});
    expect(settings).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      roles: new Set(['api', 'bot', 'worker']),
      dataDir: join(cwd, 'data'),
      databaseUrl: `sqlite:${join(cwd, 'data', 'hark.sqlite')}`,
      databasePoolSize: 10,
      whisper: { model: 'base-q8_0' },
      transcribers: ['whisper-cpp'],
      media: { maxBytes: 104_857_600, maxSeconds: 14_400, allowHosts: [] },
      quota: { jobsPerHour: 30, audioMinutesPerDay: 240, activeJobs: 3 },
      features: new Map(),
      retentionDays: 30,
      log: { level: 'info', format: 'json' },
    });
    expect([settings.discord, settings.slack, settings.openai, settings.redisUrl]).toEqual(
      Array(4).fill(undefined),
    );
    expect(settings.whisper.threads).toBeGreaterThan(0);
  });

  it('come from the environment, with units, lists and switches', () => {
    const settings = load({
      ROLES: 'worker, api',
      REDIS_URL: 'redis://localhost',
      DATABASE_URL: 'postgres://hark:pw@db/hark',
      DISCORD_TOKEN: 'token',
      DISCORD_API_URL: 'http://127.0.0.1:4000/api/',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 'signed',
      SLACK_API_URL: 'http://127.0.0.1:4001/api',
      MAX_MEDIA_BYTES: '25 MB',
      MAX_MEDIA_SECONDS: '90min',
      MEDIA_ALLOW_HOSTS: 'CDN.local:80, [::1]:8080',
      FEATURES: '-summaries,drafts',
      WHISPER_THREADS: '3',
    });
    expect(settings).toMatchObject({
      roles: new Set(['worker', 'api']),
      databaseUrl: 'postgresql://hark:pw@db/hark',
      discord: { token: 'token', apiUrl: 'http://127.0.0.1:4000/api' },
      slack: { botToken: 'xoxb-1', signingSecret: 'signed', apiUrl: 'http://127.0.0.1:4001/api/' },
      media: { maxBytes: 25_000_000, maxSeconds: 5400, allowHosts: ['cdn.local:80', '[::1]:8080'] },
      whisper: { threads: 3 },
    });
    expect([...settings.features]).toEqual([
      ['summaries', false],
      ['drafts', true],
    ]);
  });

  it('come from .env or the named file; the environment wins and blank means unset', () => {
    writeFileSync(join(cwd, '.env'), 'PORT=4000\nHOST=0.0.0.0\nDISCORD_TOKEN=\n');
    writeFileSync(join(cwd, 'other.env'), 'PORT="5000"\n');
    try {
      expect(load({ HOST: 'localhost', DATA_DIR: ' ' })).toMatchObject({
        port: 4000,
        host: 'localhost',
        discord: undefined,
      });
      expect(load({}, 'other.env')).toMatchObject({ port: 5000, host: '127.0.0.1' });
      expect(load({ NODE_ENV: 'test' })).toMatchObject({ port: 3000, log: { level: 'silent' } });
    } finally {
      rmSync(join(cwd, '.env'));
    }
    expect(problemsOf({}, 'missing.env').problems[0]).toMatchObject({
      name: 'missing.env',
      problem: 'cannot be read',
    });
  });

  it('take SQLite paths relative to the folder', () => {
    expect(load({ DATABASE_URL: 'sqlite:x/y.db' }).databaseUrl).toBe(`sqlite:${join(cwd, 'x/y.db')}`);
    expect(load({ DATABASE_URL: 'sqlite:///var/y.db' }).databaseUrl).toBe('sqlite:/var/y.db');
  });

  it('follow the profile and the terminal', () => {
    expect(load({ NODE_ENV: 'development' }).log).toEqual({ level: 'debug', format: 'pretty' });
    expect(load({ NODE_ENV: 'development', LOG_LEVEL: 'warn' }).log.level).toBe('warn');
    expect(loadSettings({}, { cwd, terminal: true }).log).toEqual({ level: 'info', format: 'pretty' });
  });

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

  it('read links to sites only where that is switched on, and not off', () => {
    const sites = (env: NodeJS.ProcessEnv) => load(env).sites;
    expect(sites({})).toBeUndefined();
    expect(sites({ YT_DLP: 'OFF' })).toBeUndefined();
    expect(sites({ YT_DLP: 'on', FEATURES: '-site-links' })).toBeUndefined();
    expect(sites({ YT_DLP: 'on' })).toMatchObject({ program: 'yt-dlp' });
    expect(sites({ YT_DLP: '/opt/yt-dlp', YT_DLP_SITES: 'Media.Example.org, 10.0.0.1' })).toEqual({
      program: '/opt/yt-dlp',
      hosts: ['media.example.org', '10.0.0.1'],
    });
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

  it('never show a secret, however they are printed', () => {
    const secret = 'marked-secret';
    const settings = load({
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
    });
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
