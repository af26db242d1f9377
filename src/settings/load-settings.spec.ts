import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsErrorOf } from '../../test/support/settings-error-of';
import { loadSettings } from './load-settings';

const cwd = mkdtempSync(join(tmpdir(), 'hark-settings-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const load = (env: NodeJS.ProcessEnv, envFile?: string) =>
  loadSettings(env, { cwd, envFile, terminal: false });

describe('settings', () => {
  it('has a model for drafts only where whisper.cpp comes first, runs here, and uses another one', () => {
    const draftModel = (env: Record<string, string>): string | undefined =>
      loadSettings({ NODE_ENV: 'test', DRAFT_MODEL: 'tiny', ...env }, { cwd: '/nowhere', terminal: false })
        .draftModel;
    expect(draftModel({})).toBe('tiny');
    expect(draftModel({ WHISPER_MODEL: 'tiny' })).toBeUndefined();
    expect(draftModel({ WHISPER_SERVER_URL: 'http://engine:8080' })).toBeUndefined();
    const openai = { OPENAI_BASE_URL: 'https://openai.example/v1', OPENAI_MODEL: 'whisper-1' };
    expect(draftModel({ ...openai, TRANSCRIBERS: 'openai,whisper-cpp' })).toBeUndefined();
    expect(draftModel({ ...openai, TRANSCRIBERS: 'whisper-cpp,openai' })).toBe('tiny');
  });

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
    expect(settingsErrorOf(() => load({}, 'missing.env')).problems[0]).toMatchObject({
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
});
