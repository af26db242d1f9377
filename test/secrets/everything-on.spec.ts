import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { WebhookView } from '../../src/api/webhooks/webhook.view';
import { DiscordServer } from '../support/discord-server/discord-server';
import { NOTES } from '../support/notes';
import { OpenAiServer } from '../support/openai-server/openai-server';
import { startRedis, TestRedis } from '../support/redis';
import { SlackServer } from '../support/slack-server/slack-server';
import { serverBinary } from '../support/whisper';
import { HarkRun } from './hark-run';
import { Marks } from './marks';
import { WatchedApi } from './watched-api';
import { Written } from './written';

const NOTE = readFileSync(join(__dirname, '../support/audio/01-en.ogg'));
const WORDS = NOTES[0]!.text;
/** A link is kept as long as its job: another attempt needs all of it. */
const DATABASE = /^data\/hark\.sqlite/;

describe('secrets, where everything is switched on', () => {
  const marks = new Marks();
  const written = new Written();
  const dataDir = mkdtempSync(join(tmpdir(), 'hark-secrets-'));
  const web = createServer(({ url }, response) => {
    if (url?.startsWith('/note.ogg')) response.end(NOTE);
    else response.writeHead(500).end(`cannot serve ${url}`);
  });
  const host = (): string => `127.0.0.1:${(web.address() as AddressInfo).port}`;
  let redis: TestRedis;
  let client: Redis;
  let monitor: Redis;
  let discord: DiscordServer;
  let slack: SlackServer;
  let openai: OpenAiServer;
  let variables: Record<string, string>;
  let hark: HarkRun;
  let admin: WatchedApi;

  beforeAll(async () => {
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    redis = await startRedis({ password: marks.make('the password of Redis') });
    client = new Redis(redis.url);
    monitor = await client.monitor();
    monitor.on('monitor', (_time: string, args: string[]) => written.add('Redis', args.join(' ')));
    discord = await DiscordServer.start({ token: marks.make('DISCORD_TOKEN') });
    slack = await SlackServer.start();
    slack.uploads.shareDelayMs = 0;
    openai = await OpenAiServer.start({ key: marks.make('another OPENAI_API_KEY') });
    const adminToken = marks.make('ADMIN_TOKEN', (mark) => `hark_${mark}`);
    variables = {
      DATA_DIR: dataDir,
      REDIS_URL: redis.url,
      ADMIN_TOKEN: adminToken,
      VIEWER_TOKEN: marks.make('VIEWER_TOKEN'),
      SECRETS_KEY: marks.make('SECRETS_KEY'),
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: marks.add('SLACK_BOT_TOKEN', slack.botToken),
      SLACK_APP_TOKEN: marks.add('SLACK_APP_TOKEN', slack.appToken),
      SLACK_SIGNING_SECRET: marks.add('SLACK_SIGNING_SECRET', slack.signingSecret),
      SLACK_API_URL: slack.apiUrl,
      // not the one that the service wants: every piece is refused there first
      TRANSCRIBERS: 'openai,whisper-cpp',
      OPENAI_BASE_URL: openai.url,
      OPENAI_API_KEY: marks.make('OPENAI_API_KEY', (mark) => `sk-${mark}`),
      OPENAI_MODEL: 'whisper-1',
      WHISPER_MODEL: 'demo',
      WHISPER_SERVER_BIN: serverBinary(),
      MEDIA_ALLOW_HOSTS: [host(), discord.cdnHost, slack.filesHost].join(),
    };
    hark = new HarkRun('the service', 'main.js', [], variables);
    admin = new WatchedApi(await hark.url(), `Bearer ${adminToken}`, written);
    await discord.waitForLogin();
    await slack.waitForSockets();
  }, 60_000);

  afterAll(async () => {
    await hark.over(new Written(), 'SIGKILL');
    for (const connection of [monitor, client]) connection.disconnect();
    await Promise.all([redis.stop(), discord.stop(), slack.stop(), openai.stop()]);
    await new Promise((resolve) => web.close(resolve));
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('are used over the API', async () => {
    const form = new FormData();
    form.set('file', new File([NOTE], 'note.ogg'));
    expect(await admin.job(form)).toMatchObject({ status: 'done', text: WORDS });
    const own = marks.make(
      'the token in a link',
      (mark) => `http://${host()}/note.ogg?token=${mark}`,
      DATABASE,
    );
    expect(await admin.job({ url: own })).toMatchObject({ status: 'done', text: WORDS });
    const lost = marks.make(
      'the token in a bad link',
      (mark) => `http://${host()}/gone?token=${mark}`,
      DATABASE,
    );
    const { id } = JSON.parse(await admin.call('POST', '/api/v1/transcriptions', { url: lost })) as {
      id: string;
    };
    await hark.says(/link_failed/);
    await admin.call('POST', `/api/v1/jobs/${id}/cancel`);
    for (const link of [
      marks.make('the password in a link', (mark) => `http://user:${mark}@${host()}/note.ogg`),
      marks.make('the user in a link', (mark) => `http://${mark}@${host()}/note.ogg`),
    ]) {
      expect(await admin.call('POST', '/api/v1/transcriptions', { url: link })).toContain('link_invalid');
    }
  }, 60_000);

  it('are shown to the wrong places', async () => {
    const url = await hark.url();
    const wrong = [
      marks.make('a wrong token', (mark) => `Bearer ${mark}`),
      marks.make('a wrong password', (mark) => `Basic ${Buffer.from(`admin:${mark}`).toString('base64')}`),
      marks.make(
        'a wrong JWT',
        (mark) => `Bearer eyJhbGciOiJSUzI1NiJ9.${Buffer.from(mark).toString('base64url')}.c2ln`,
      ),
    ];
    for (const authorization of wrong) {
      expect(await new WatchedApi(url, authorization, written).get('/api/v1/jobs')).toContain('unauthorized');
    }
    await admin.get(
      marks.make('a token in the query', (mark) => `/api/v1/jobs?token=${mark}&access_token=${mark}`),
    );
    await admin.call('POST', '/api/v1/transcriptions', { token: marks.make('a token in a field') });
    const viewer = new WatchedApi(url, `Bearer ${variables.VIEWER_TOKEN}`, written);
    await viewer.get('/api/v1/jobs');
    await viewer.get('/api/v1/audit');
  });

  it('belong to webhooks', async () => {
    const address = marks.make(
      'the token in the address of a webhook',
      (mark) => `http://${host()}/hook?token=${mark}`,
      /^(data\/hark\.sqlite|answer to (POST|GET) \/api\/v1\/webhooks)/,
    );
    const made = await admin.call('POST', '/api/v1/webhooks', { url: address }, false);
    const { id, secret } = JSON.parse(made) as WebhookView & { secret: string };
    marks.add('the secret of a webhook', secret);
    marks.add('the bare secret of a webhook', secret.replace('whsec_', ''));
    await admin.get('/api/v1/webhooks');
    await admin.job({ url: `http://${host()}/note.ogg?again` });
    await hark.says(/ebhook/);
    await admin.get(`/api/v1/webhooks/${id}/deliveries`);
  }, 60_000);

  it('come with commands on Discord', async () => {
    const { build } = discord;
    const guild = build.addGuild('Listeners');
    const anna = build.addUser('Anna');
    build.addMember(guild, anna);
    const channel = build.addTextChannel(guild, 'room');
    await discord.waitFor(() => discord.commands.list().length > 0, { what: 'the commands' });
    const message = discord.postVoiceMessage({ channel, author: anna, audio: NOTE });
    const menu = discord.useContextMenu({ name: 'Transcribe privately', message, user: anna });
    const slash = discord.useSlash({
      channel,
      user: anna,
      name: 'transcribe',
      options: { file: { filename: 'own.ogg', bytes: NOTE } },
    });
    const linked = discord.useSlash({
      channel,
      user: anna,
      name: 'transcribe',
      options: { link: `http://${host()}/gone` },
    });
    [menu, slash, linked].forEach(({ token }, i) => marks.add(`the token of interaction ${i + 1}`, token));
    for (const record of [menu, slash]) {
      await discord.waitForInteractionResponse(record, ({ content }) => content.includes(WORDS), {
        timeoutMs: 30_000,
      });
    }
    await discord.waitForAcknowledgement(linked);
    for (const { path } of discord.requests) {
      const signature = new URLSearchParams(path.split('?')[1]).get('hm');
      if (signature) marks.add('the signature of a file on Discord', signature);
    }
    const job = JSON.parse(await admin.get('/api/v1/jobs?platform=discord')) as {
      jobs: { id: string; status: string }[];
    };
    for (const { id, status } of job.jobs)
      if (status !== 'done') await admin.call('POST', `/api/v1/jobs/${id}/cancel`);
  }, 90_000);

  it('come with commands on Slack', async () => {
    const mara = slack.world.addUser({ name: 'mara' });
    const channel = slack.world.addChannel({ creator: mara });
    const text = `http://${host()}/note.ogg`;
    const { body } = await slack.gestures.command({ user: mara, channel, command: '/transcribe', text });
    marks.add('a response_url of Slack', String(body.response_url).split('/').at(-1)!);
    marks.add('the verification token of Slack', String(body.token));
    await slack.waitFor(
      'the answer',
      () =>
        JSON.stringify(slack.world.ephemerals.concat(slack.world.messagesIn(channel.id) as never)).includes(
          WORDS,
        ),
      30_000,
    );
  }, 60_000);

  it('are needed by whoever looks after it', async () => {
    for (const path of [
      '/docs-json',
      '/metrics',
      '/health/ready',
      '/api/v1/stats',
      '/api/v1/audit',
      '/api/v1/jobs?limit=200',
    ]) {
      await admin.get(path);
    }
    const doctor = new HarkRun('the doctor', 'cli/hark.js', ['doctor'], variables);
    await doctor.over(written);
  }, 60_000);

  it('are written nowhere', async () => {
    await hark.over(written, 'SIGTERM');
    written.addFolder('data', dataDir);
    expect(written.leaks(marks)).toEqual([]);
  }, 60_000);

  it('were looked for where things are written', () => {
    expect(written.holds('output of the service', '"level":"debug"')).toBe(true);
    expect(written.holds('output of the doctor', 'discord')).toBe(true);
    expect(written.holds('data/hark.sqlite', WORDS)).toBe(true);
    expect(written.holds('data/hark.sqlite', host())).toBe(true);
    expect(written.holds('Redis', 'transcription')).toBe(true);
    expect(written.holds('answer to GET /api/v1/audit', 'job.submit')).toBe(true);
    expect(written.holds('answer to GET /docs-json', 'openapi')).toBe(true);
  });
});
