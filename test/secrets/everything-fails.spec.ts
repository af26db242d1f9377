import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DiscordServer } from '../support/discord-server/discord-server';
import { startPostgres, TestPostgres } from '../support/postgres';
import { startRedis, TestRedis } from '../support/redis';
import { SlackServer } from '../support/slack-server/slack-server';
import { serverBinary } from '../support/whisper';
import { HarkRun } from './hark-run';
import { Marks } from './marks';
import { WatchedApi } from './watched-api';
import { Written } from './written';

const EX_SETTINGS = 78;

describe('secrets, where nothing works', () => {
  const marks = new Marks();
  const written = new Written();
  const folders: string[] = [];
  /** Refuses everything, and repeats what it was told. */
  const echo = createServer((request, response) => {
    void text(request).then((body) => {
      const { authorization = '', ...headers } = request.headers;
      const login = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString();
      const said = { authorization, login, url: request.url, body: body.slice(0, 2_000), headers };
      response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error: said }));
    });
  });
  const echoing = (login: string): string =>
    `http://${login}@127.0.0.1:${(echo.address() as AddressInfo).port}`;
  let redis: TestRedis;
  let postgres: TestPostgres;
  let discord: DiscordServer;
  let slack: SlackServer;

  beforeAll(async () => {
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    [redis, postgres, discord, slack] = await Promise.all([
      startRedis({ password: 'the right password' }),
      startPostgres(),
      DiscordServer.start(),
      SlackServer.start(),
    ]);
  }, 60_000);

  afterAll(async () => {
    await Promise.all([redis.stop(), postgres.stop(), discord.stop(), slack.stop()]);
    await new Promise((resolve) => echo.close(resolve));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  function folder(): string {
    const made = mkdtempSync(join(tmpdir(), 'hark-secrets-'));
    folders.push(made);
    return made;
  }

  function login(name: string): string {
    return marks.make(name, (mark) => `somebody:${mark}`);
  }

  it('are wrong for every service', async () => {
    const adminToken = marks.make('ADMIN_TOKEN');
    const dataDir = folder();
    const variables = {
      DATA_DIR: dataDir,
      ADMIN_TOKEN: adminToken,
      REDIS_URL: `redis://${login('the password of Redis')}@127.0.0.1:${redis.port}`,
      DISCORD_TOKEN: marks.make('DISCORD_TOKEN'),
      DISCORD_API_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: marks.make('SLACK_BOT_TOKEN', (mark) => `xoxb-${mark}`),
      SLACK_APP_TOKEN: marks.make('SLACK_APP_TOKEN', (mark) => `xapp-${mark}`),
      SLACK_API_URL: slack.apiUrl,
      TRANSCRIBERS: 'openai,whisper-cpp',
      OPENAI_BASE_URL: `${echoing(login('the password of OPENAI_BASE_URL'))}/v1`,
      OPENAI_API_KEY: marks.make('OPENAI_API_KEY'),
      OPENAI_MODEL: 'whisper-1',
      SUMMARIZERS: 'openai,anthropic',
      SUMMARY_OPENAI_BASE_URL: `${echoing(login('the password of SUMMARY_OPENAI_BASE_URL'))}/v1`,
      SUMMARY_OPENAI_API_KEY: marks.make('SUMMARY_OPENAI_API_KEY'),
      SUMMARY_OPENAI_MODEL: 'small-1',
      SUMMARY_ANTHROPIC_BASE_URL: echoing(login('the password of SUMMARY_ANTHROPIC_BASE_URL')),
      SUMMARY_ANTHROPIC_API_KEY: marks.make('SUMMARY_ANTHROPIC_API_KEY'),
      SUMMARY_ANTHROPIC_MODEL: 'small-1',
      WHISPER_SERVER_URL: echoing(login('the password of WHISPER_SERVER_URL')),
      UPLOADS_URL: 's3://bucket/hark',
      S3_ENDPOINT: echoing(login('the password of S3_ENDPOINT')),
      S3_ACCESS_KEY_ID: 'somebody',
      S3_SECRET_ACCESS_KEY: marks.make('S3_SECRET_ACCESS_KEY'),
      S3_SESSION_TOKEN: marks.make('S3_SESSION_TOKEN'),
    };
    const hark = new HarkRun('the service', 'main.js', [], variables);
    try {
      const api = new WatchedApi(await hark.url(), `Bearer ${adminToken}`, written);
      for (const path of ['/health/ready', '/metrics', '/api/v1/jobs', '/api/v1/stats']) await api.get(path);
      const form = new FormData();
      form.set('file', new File([Buffer.from('OggS')], 'note.ogg'));
      await api.call('POST', '/api/v1/transcriptions', form);
      const doctor = new HarkRun('the doctor', 'cli/hark.js', ['doctor'], variables);
      await doctor.over(written);
      expect(written.holds('output of the doctor', '✗')).toBe(true);
      expect(written.holds('output of the doctor', 'summaries: anthropic')).toBe(true);
    } finally {
      await hark.over(written, 'SIGTERM');
    }
    written.addFolder('data', dataDir);
  }, 120_000);

  it('are wrong for the database', async () => {
    const address = `postgresql://${login('the password of PostgreSQL')}@127.0.0.1:${postgres.port}/postgres`;
    const nowhere = address.replace(/:\d+\//, ':1/');
    for (const DATABASE_URL of [address, nowhere]) {
      const hark = new HarkRun('a service without a database', 'main.js', [], {
        DATA_DIR: folder(),
        DATABASE_URL,
      });
      // A server that is not there may come yet.
      if (DATABASE_URL === nowhere) await hark.says(/waits for its database/);
      await hark.over(written, DATABASE_URL === nowhere ? 'SIGTERM' : undefined);
      const doctor = new HarkRun('its doctor', 'cli/hark.js', ['doctor'], {
        DATA_DIR: folder(),
        DATABASE_URL,
      });
      await doctor.over(written);
    }
  }, 120_000);

  it('are wrong for where models come from', async () => {
    const WHISPER_MODEL_BASE_URL = echoing(login('the password of WHISPER_MODEL_BASE_URL'));
    const settings = { DATA_DIR: folder(), WHISPER_MODEL_BASE_URL, WHISPER_SERVER_BIN: serverBinary() };
    const pull = new HarkRun('a download', 'cli/hark.js', ['models', 'pull', 'tiny-q8_0'], settings);
    await pull.over(written);
    expect(written.holds('output of a download', 'model')).toBe(true);
  }, 60_000);

  it('are no good as settings', async () => {
    const variables = Object.fromEntries(
      [
        ['ADMIN_TOKEN', 'two words'],
        ['VIEWER_TOKEN', 'two words'],
        ['SECRETS_KEY', ' '],
        ['DISCORD_TOKEN', 'Bot '],
        ['SLACK_BOT_TOKEN', 'xoxp-'],
        ['SLACK_APP_TOKEN', 'xoxb-'],
        ['SLACK_SIGNING_SECRET', 'a b'],
        ['OPENAI_API_KEY', 'Bearer '],
        ['SUMMARY_OPENAI_API_KEY', 'Bearer '],
        ['SUMMARY_ANTHROPIC_API_KEY', 'Bearer '],
        ['S3_SECRET_ACCESS_KEY', 'a b'],
        ['S3_SESSION_TOKEN', 'a b'],
        ['DATABASE_URL', 'mysql://hark:'],
        ['REDIS_URL', 'redi://:'],
        ['DISCORD_API_URL', 'ftp://user:'],
        ['OPENAI_BASE_URL', 'ftp://user:'],
        ['SUMMARY_OPENAI_BASE_URL', 'ftp://user:'],
        ['SUMMARY_ANTHROPIC_BASE_URL', 'ftp://user:'],
        ['WHISPER_SERVER_URL', 'ftp://user:'],
        ['WHISPER_MODEL_BASE_URL', 'ftp://user:'],
        ['S3_ENDPOINT', 'ftp://user:'],
        ['UPLOADS_URL', 's4://user:'],
        ['OIDC_ISSUER', 'ftp://user:'],
      ].map(([name, before]) => [
        name!,
        marks.make(`${name} that is no good`, (mark) => `${before}${mark}@host`),
      ]),
    );
    const hark = new HarkRun('a service with wrong settings', 'main.js', [], {
      DATA_DIR: folder(),
      ...variables,
    });
    await hark.over(written);
    expect(hark.exitCode).toBe(EX_SETTINGS);
    expect(written.holds('output of a service with wrong settings', 'DISCORD_TOKEN')).toBe(true);
  }, 60_000);

  it('are written nowhere', () => {
    expect(written.leaks(marks)).toEqual([]);
  });
});
